package io.assay.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.assay.batch.BatchLedger;
import io.assay.batch.FinishedBatch;
import io.assay.config.Mart;
import io.assay.contract.ContractColumn;
import io.assay.error.AssayException;
import io.assay.gold.incremental.KeyBounds;
import io.assay.gold.incremental.MaintainedQuery;
import io.assay.ops.Standstill;
import io.assay.table.TableCatalog;
import io.assay.table.TableFeed;
import io.assay.table.TableName;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Compares marts, as readers see them, with what their queries give over the very versions of the
 * inputs that they are made of. It changes nothing.
 */
public final class MartProof {
  private final SparkSession spark;
  private final Warehouse warehouse;
  private final TableCatalog catalog;

  public MartProof(SparkSession spark, Warehouse warehouse) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.catalog = new TableCatalog(spark, warehouse);
  }

  /**
   * What a comparison found.
   *
   * @param batch the mart's newest, whose input the query was computed over
   * @param rows how many rows of the mart were compared
   * @param missing rows that the query gives and the mart lacks
   * @param surplus rows of the mart that the query does not give
   * @param different rows of both with other values
   * @param first some of the differences, by key
   * @param unproved why nothing could be compared; empty if it was
   */
  public record Result(
      long batch,
      long rows,
      long missing,
      long surplus,
      long different,
      List<MartDifference> first,
      Optional<String> unproved) {
    static Result unproved(long batch, String reason) {
      return new Result(batch, 0, 0, 0, 0, List.of(), Optional.of(reason));
    }

    /** Both together. */
    Result plus(Result other, int limit) {
      List<MartDifference> both =
          Stream.concat(first.stream(), other.first.stream()).limit(limit).toList();
      return new Result(
          batch,
          rows + other.rows,
          missing + other.missing,
          surplus + other.surplus,
          different + other.different,
          both,
          unproved);
    }

    /** Whether the mart is what its query gives. */
    public boolean holds() {
      return unproved.isEmpty() && missing + surplus + different == 0;
    }

    /** What is wrong, in a line; empty if nothing is. */
    public Optional<String> message() {
      return holds()
          ? Optional.empty()
          : Optional.of(
              unproved
                  .map(reason -> "it cannot be proved: " + reason)
                  .orElseGet(
                      () ->
                          "it is not what its query gives: %d rows are missing, %d surplus, %d different"
                              .formatted(missing, surplus, different)));
    }
  }

  /**
   * Compares a mart, or some of its keys.
   *
   * @param sample how many keys of those that the mart has; empty for all that it has or should
   *     have. A row whose key is missing altogether is found only without a sample
   * @param limit how many differing rows to tell
   * @return empty if nothing was published yet
   */
  public Optional<Result> compare(Mart mart, OptionalInt sample, int limit) {
    TableName table = TableName.gold(mart.name());
    BatchLedger ledger = BatchLedger.of(spark, warehouse, table);
    Standstill still = Standstill.of(spark, warehouse, table, List.of(table));
    return MartBase.before(ledger, ledger.epoch(), still.batch() + 1)
        .map(published -> compare(still.state(table), published, sample, limit));
  }

  private Result compare(TableState mart, FinishedBatch published, OptionalInt sample, int limit) {
    TableName table = published.intent().table();
    long batch = published.intent().batch();
    if (!mart.exists()) {
      return Result.unproved(
          batch,
          "there is no table any more; assay rebuild %s --apply makes it anew".formatted(table));
    }
    try {
      MartDefinition definition = MartDefinition.read(published.intent().configuration());
      if (definition.windows().isPresent()) {
        return windows(mart, published, definition, sample, limit);
      }
      Dataset<Row> result = new MartQuery(spark, catalog, published.intent()).rows(definition);
      Dataset<Row> found = catalog.read(table, mart.version()).select(columns(definition));
      if (sample.isPresent() && !definition.key().isEmpty()) {
        Dataset<Row> keys = sampled(found, definition, sample.getAsInt(), batch);
        result = restricted(result, definition, keys);
        found = KeyedVersion.of(keys, found, definition.key());
      }
      ContractFit fit = new ContractFit(table, definition.contract(), result.schema());
      return new RowDifferences(definition.contract(), result.select(fit.columns()), found)
          .result(batch, limit);
    } catch (AssayException e) {
      return Result.unproved(batch, e.getMessage());
    } catch (Exception e) {
      if (TableFeed.isGone(e)) {
        return Result.unproved(batch, "the inputs that it was made of were vacuumed since");
      }
      throw e;
    }
  }

  /** Window by window; of a sample the newest parts, until they have so many rows. */
  private Result windows(
      TableState mart,
      FinishedBatch published,
      MartDefinition definition,
      OptionalInt sample,
      int limit) {
    long batch = published.intent().batch();
    Dataset<Row> found =
        catalog.read(published.intent().table(), mart.version()).select(columns(definition));
    List<WindowProof.Part> parts = new WindowProof(spark, warehouse, published).parts(definition);
    Result result = new Result(batch, 0, 0, 0, 0, List.of(), Optional.empty());
    for (int i = parts.size() - 1; i >= 0; i--) {
      WindowProof.Part part = parts.get(i);
      result =
          result.plus(
              new RowDifferences(definition.contract(), part.expected(), found.where(part.found()))
                  .result(batch, limit),
              limit);
      if (sample.isPresent() && result.rows() >= sample.getAsInt()) {
        break;
      }
    }
    return result;
  }

  private static Column[] columns(MartDefinition definition) {
    return definition.contract().columns().stream()
        .map(column -> col("`" + column.name() + "`"))
        .toArray(Column[]::new);
  }

  /** Others after each batch, and for each batch the same. */
  private static Dataset<Row> sampled(
      Dataset<Row> found, MartDefinition definition, int sample, long batch) {
    Column[] key =
        definition.key().stream().map(name -> col("`" + name + "`")).toArray(Column[]::new);
    Column[] hashed = Arrays.copyOf(key, key.length + 1);
    hashed[key.length] = lit(batch);
    return found.select(key).distinct().orderBy(xxhash64(hashed)).limit(sample);
  }

  /** Where the query can be asked for keys alone, the rest is not computed. */
  private Dataset<Row> restricted(
      Dataset<Row> result, MartDefinition definition, Dataset<Row> keys) {
    MaintainedQuery query =
        MaintainedQuery.of(result.queryExecution().analyzed(), definition.key());
    if (!query.obstacles().isEmpty()) {
      return KeyedVersion.of(keys, result, definition.key());
    }
    List<ContractColumn> key = definition.contract().key();
    StructType types = result.schema();
    Column[] asked =
        IntStream.range(0, key.size())
            .mapToObj(
                place -> {
                  String name = key.get(place).name();
                  int index = Arrays.asList(lower(types)).indexOf(name);
                  return col("`" + name + "`")
                      .cast(types.fields()[index].dataType())
                      .as(MaintainedQuery.keyColumn(place));
                })
            .toArray(Column[]::new);
    Dataset<Row> typed = keys.select(asked);
    return query.restricted(
        spark, spark.createDataFrame(typed.collectAsList(), typed.schema()), KeyBounds.NONE);
  }

  private static String[] lower(StructType types) {
    return Arrays.stream(types.fieldNames())
        .map(name -> name.toLowerCase(Locale.ROOT))
        .toArray(String[]::new);
  }
}
