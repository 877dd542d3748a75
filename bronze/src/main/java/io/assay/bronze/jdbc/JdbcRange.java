package io.assay.bronze.jdbc;

import io.assay.batch.BatchInput.Positions;
import io.assay.batch.BatchInput.Span;
import io.assay.batch.BatchLedger;
import io.assay.batch.Intent;
import io.assay.batch.LedgerJson;
import io.assay.batch.SeenColumns;
import io.assay.bronze.landing.BronzeAppend;
import io.assay.bronze.landing.PulledRange;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.JobContext;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/** What one batch takes of a table: a snapshot, or the rows of an interval of watermarks. */
final class JdbcRange implements PulledRange {
  private static final int MENDED_AT_MOST = 5;

  private final JobContext context;
  private final Database database;
  private final Intent intent;
  private final JdbcRules rules;
  private final Span span;
  private final List<String> notes = new ArrayList<>();
  private boolean anything = true;
  private int mended;

  JdbcRange(JobContext context, Database database, Intent intent) {
    this.context = context;
    this.database = database;
    this.intent = intent;
    this.rules = LedgerJson.value(intent.configuration(), JdbcRules.class);
    this.span =
        ((Positions) intent.input())
            .spans().stream()
                .filter(each -> each.origin().equals(rules.origin()))
                .findFirst()
                .orElseThrow();
  }

  /** Where only the overlap has changed, the change may be that rows went away. */
  @Override
  public void prepare() {
    if (rules.watermark().isPresent() && !span.from().isEmpty()) {
      boolean late = from().orElseThrow().end().equals(until().end());
      anything = !late || anyRow();
    }
  }

  private boolean anyRow() {
    while (true) {
      try {
        return !rows().isEmpty();
      } catch (Exception e) {
        // Spark throws checked exceptions that it does not declare, so this must catch them all.
        mend(e);
      }
    }
  }

  @Override
  public boolean anything() {
    return anything;
  }

  @Override
  public Dataset<Row> rows() {
    StructType landed =
        new BronzeAppend(context.spark(), context.project().warehouse(), intent.table()).columns();
    return database.asking(
        session -> {
          Relation relation = Relation.of(session, database.server().dialect(), rules);
          if (notes.isEmpty()) {
            notes.addAll(relation.notes());
          }
          return rules.watermark().isPresent()
              ? changes(session, relation, landed)
              : TableRows.of(
                  context.spark(), selection(relation, landed, "", new ArrayList<>(), true));
        });
  }

  private Dataset<Row> changes(Database.Session session, Relation relation, StructType landed)
      throws SQLException {
    Watermark watermark = Watermark.of(relation, rules);
    Optional<WatermarkPosition> from = from();
    ArrayList<String> parameters = new ArrayList<>();
    from.ifPresent(position -> parameters.add(position.watermark()));
    parameters.add(until().end());
    String condition =
        " WHERE "
            + from.map(position -> watermark.isFromOverlap(position.watermark()) + " AND ")
                .orElse("")
            + watermark.isUpTo();
    Selection selection = selection(relation, landed, condition, parameters, false);
    Dataset<Row> rows = TableRows.of(context.spark(), selection);
    if (from.isEmpty() || landed.isEmpty()) {
      return rows;
    }
    String overlap = new WatermarkPlan(session, watermark).overlapOf(from.get());
    return new LandedRows(context, intent.table(), landed)
        .missing(rows, selection.names(), since(), watermark, overlap);
  }

  /** In which batches columns came. */
  private Map<String, Long> since() {
    BatchLedger ledger =
        BatchLedger.of(context.spark(), context.project().warehouse(), intent.table());
    return SeenColumns.before(ledger).map(SeenColumns::since).orElse(Map.of());
  }

  private Selection selection(
      Relation relation,
      StructType landed,
      String condition,
      ArrayList<String> parameters,
      boolean timed) {
    TreeMap<String, DataType> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Arrays.stream(landed.fields()).forEach(field -> known.put(field.name(), field.dataType()));
    List<String> expressions = new ArrayList<>();
    StructType columns = new StructType();
    for (int i = 0; i < relation.names().size(); i++) {
      String name = relation.names().get(i);
      Dialect.Reading reading = reading(relation, i, Optional.ofNullable(known.get(name)));
      expressions.add(reading.sql());
      columns = columns.add(name, reading.type());
    }
    return new Selection(
        database.server(),
        "SELECT " + String.join(", ", expressions) + " FROM " + relation.from() + condition,
        parameters,
        rules.fetchSize(),
        columns,
        rules.key().stream()
            .map(key -> relation.place(key, "key"))
            .collect(Collectors.toCollection(ArrayList::new)),
        rules.origin(),
        timed,
        intent.batch());
  }

  /** A column keeps the type that it has in bronze; what does not fit is a row with a problem. */
  private Dialect.Reading reading(Relation relation, int place, Optional<DataType> before) {
    Dialect dialect = relation.dialect();
    Dialect.Reading reading = dialect.reading(relation.sql(place), relation.columns().get(place));
    if (before.isEmpty() || before.get().equals(reading.type())) {
      return reading;
    } else if (before.get() instanceof StringType) {
      return new Dialect.Reading(dialect.text(relation.sql(place)), before.get());
    } else if (before.get() instanceof DecimalType) {
      return new Dialect.Reading(reading.sql(), before.get());
    }
    throw new AssayException(
        ExitCode.FAILURE,
        "column %s of %s is %s now, and %s in %s, where a column keeps its type. Nothing landed. Read it under another name: source.jdbc.query"
            .formatted(
                relation.names().get(place),
                rules.origin(),
                relation.columns().get(place).type(),
                before.get().sql(),
                intent.table()));
  }

  /** Waits for a database that went away; the rows are read anew, since none of them has landed. */
  @Override
  public void mend(Exception failure) {
    RuntimeException meant = JdbcFailure.of(database.name(), failure);
    if (!JdbcFailure.passes(meant) || ++mended > MENDED_AT_MOST) {
      throw meant;
    }
    database.close();
    database.asking(session -> session.text("SELECT 1"));
    notes.add("the database went away while it was read; it was read anew");
  }

  @Override
  public List<String> notes() {
    return List.copyOf(notes);
  }

  private Optional<WatermarkPosition> from() {
    return span.from().isEmpty()
        ? Optional.empty()
        : Optional.of(WatermarkPosition.of(span.from()));
  }

  private WatermarkPosition until() {
    return WatermarkPosition.of(span.until());
  }
}
