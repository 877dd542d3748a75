package io.assay.app.serve;

import io.assay.table.Layer;
import io.assay.table.TableName;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.catalog.CatalogDatabase;
import org.apache.spark.sql.catalyst.catalog.CatalogStorageFormat;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.CatalogTableType;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalog;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.Predef;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.immutable.Map;

/** Names, columns and comments of tables in the catalog that all sessions of a Spark share. */
final class SchemaListing {
  /** Nobody reads it: a query's names are replaced before the catalog is asked. */
  private static final String NO_TEXT = "served by Assay";

  private final ExternalCatalog catalog;

  SchemaListing(SparkSession session) {
    this.catalog = session.sharedState().externalCatalog();
  }

  /**
   * Makes a schema, if it is not there.
   *
   * @param folder Spark makes sure that it is there
   */
  void schema(Layer layer, Path folder) {
    catalog.createDatabase(new CatalogDatabase(layer.label(), "", folder.toUri(), none()), true);
  }

  /** Lists a table as a view of these columns, instead of what was listed. */
  void put(TableName table, StructType columns, Optional<String> description) {
    remove(table);
    catalog.createTable(view(table, columns, description), false);
  }

  /** Takes a table from the list. */
  void remove(TableName table) {
    catalog.dropTable(table.layer().label(), table.name(), true, true);
  }

  private static CatalogTable view(
      TableName table, StructType columns, Optional<String> description) {
    TableIdentifier name = new TableIdentifier(table.name(), Option.apply(table.layer().label()));
    CatalogTableType view = CatalogTableType.VIEW();
    Seq<String> nothing = JavaConverters.asScalaBuffer(List.<String>of()).toSeq();
    return new CatalogTable(
        name,
        view,
        CatalogStorageFormat.empty(),
        columns,
        Option.empty(),
        nothing,
        Option.empty(),
        "",
        0,
        -1,
        "",
        none(),
        Option.empty(),
        Option.apply(NO_TEXT),
        Option.apply(description.orElse(null)),
        nothing,
        false,
        true,
        none(),
        Option.empty());
  }

  private static Map<String, String> none() {
    return JavaConverters.asScalaBuffer(List.<Tuple2<String, String>>of())
        .toSeq()
        .toMap(Predef.$conforms());
  }
}
