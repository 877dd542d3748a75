package io.assay.contract;

import io.assay.document.Element;
import io.assay.document.Setting;
import io.assay.document.Shape;
import io.assay.document.Shapes;
import java.util.List;
import java.util.Optional;

/**
 * The keys of an Open Data Contract Standard 3.1.0 document, down to where Assay reads. Components
 * are named as the standard's keys are; an {@link Element} is a section that is accepted as it is.
 */
record StandardDocument(
    String version,
    String kind,
    String apiVersion,
    String id,
    Optional<String> name,
    Optional<String> tenant,
    List<String> tags,
    String status,
    Optional<Element> servers,
    Optional<String> dataProduct,
    Optional<Element> description,
    Optional<String> domain,
    List<SchemaObject> schema,
    Optional<Element> support,
    Optional<Element> price,
    Optional<Element> team,
    Optional<Element> roles,
    Optional<String> slaDefaultElement,
    Optional<Element> slaProperties,
    Optional<Element> authoritativeDefinitions,
    List<CustomProperty> customProperties,
    Optional<String> contractCreatedTs) {

  private static final Shapes SHAPES = new Shapes(Shapes.Naming.UNCHANGED, List.of());

  /** What a whole document may hold. */
  static final Shape SHAPE = SHAPES.of(StandardDocument.class);

  /** What a property inside a property may hold. */
  static final Shape PROPERTY = SHAPES.of(Property.class);

  /** The only version that is read. */
  static final String API_VERSION = "v3.1.0";

  /** The only kind of document. */
  static final String KIND = "DataContract";

  /** One table. */
  record SchemaObject(
      Optional<String> id,
      String name,
      Optional<String> physicalType,
      Optional<String> description,
      Optional<String> businessName,
      Optional<Element> authoritativeDefinitions,
      List<String> tags,
      List<CustomProperty> customProperties,
      Optional<String> logicalType,
      Optional<String> physicalName,
      Optional<String> dataGranularityDescription,
      List<Property> properties,
      Optional<Element> relationships,
      List<Quality> quality) {}

  /** One column, or a part of one. */
  record Property(
      Optional<String> id,
      Optional<String> name,
      Optional<String> physicalType,
      Optional<String> description,
      Optional<String> businessName,
      Optional<Element> authoritativeDefinitions,
      List<String> tags,
      List<CustomProperty> customProperties,
      @Setting(otherwise = "false") boolean primaryKey,
      @Setting(otherwise = "-1") int primaryKeyPosition,
      Optional<LogicalType> logicalType,
      Optional<Element> logicalTypeOptions,
      Optional<String> physicalName,
      @Setting(otherwise = "false") boolean required,
      @Setting(otherwise = "false") boolean unique,
      @Setting(otherwise = "false") boolean partitioned,
      @Setting(otherwise = "-1") int partitionKeyPosition,
      Optional<String> classification,
      Optional<String> encryptedName,
      List<String> transformSourceObjects,
      Optional<String> transformLogic,
      Optional<String> transformDescription,
      Optional<Element> examples,
      @Setting(otherwise = "false") boolean criticalDataElement,
      Optional<Element> relationships,
      List<Quality> quality,
      Optional<Element> items,
      List<Element> properties) {}

  /** The standard's types. */
  enum LogicalType {
    STRING,
    DATE,
    TIMESTAMP,
    TIME,
    NUMBER,
    INTEGER,
    OBJECT,
    ARRAY,
    BOOLEAN
  }

  /** One rule. */
  record Quality(
      Optional<String> id,
      Optional<Element> authoritativeDefinitions,
      Optional<String> businessImpact,
      List<CustomProperty> customProperties,
      Optional<String> description,
      Optional<Dimension> dimension,
      Optional<String> method,
      Optional<String> name,
      Optional<String> schedule,
      Optional<String> scheduler,
      Optional<String> severity,
      List<String> tags,
      @Setting(otherwise = "library") RuleType type,
      Optional<String> unit,
      Optional<String> metric,
      Optional<String> rule,
      Optional<Element> arguments,
      Optional<String> query,
      Optional<String> engine,
      Optional<Element> implementation,
      Optional<Element> mustBe,
      Optional<Element> mustNotBe,
      Optional<Double> mustBeGreaterThan,
      Optional<Double> mustBeGreaterOrEqualTo,
      Optional<Double> mustBeLessThan,
      Optional<Double> mustBeLessOrEqualTo,
      List<Double> mustBeBetween,
      List<Double> mustNotBeBetween) {}

  /** The standard's types of rules. */
  enum RuleType {
    TEXT,
    LIBRARY,
    SQL,
    CUSTOM
  }

  /** The standard's dimensions of quality. */
  enum Dimension {
    ACCURACY,
    COMPLETENESS,
    CONFORMITY,
    CONSISTENCY,
    COVERAGE,
    TIMELINESS,
    UNIQUENESS
  }

  /** A key of Assay's own, in the standard's form. */
  record CustomProperty(
      Optional<String> id, String property, Element value, Optional<String> description) {}
}
