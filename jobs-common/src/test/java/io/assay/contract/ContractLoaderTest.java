package io.assay.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.document.Problem;
import io.assay.document.Problems;
import io.assay.sql.SqlFunction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractLoaderTest {
  private static final String HEAD =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: t
      version: 1.0.0
      status: active
      schema:
        - name: t
      """;

  private static final Map<String, SqlFunction> FUNCTIONS =
      Map.of("full", new SqlFunction("full", List.of("x"), "length(x) > 0"));

  private final Problems problems = new Problems();

  private Contract load(String table) {
    return new ContractLoader(problems, FUNCTIONS)
        .load("c.yaml", HEAD + table.indent(4), "t")
        .orElseThrow();
  }

  private List<String> messages() {
    return problems.all().stream().map(Problem::toString).toList();
  }

  /** A column c of a type, with one rule. */
  private Contract withRule(String type, String rule) {
    return load(
        """
        properties:
          - name: c
            %s
            quality:
              - %s
          - {name: d, logicalType: string}
        """
            .formatted(type, rule));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          logicalType: string | string
          logicalType: integer | bigint
          {logicalType: integer, logicalTypeOptions: {format: i32}} | int
          logicalType: number | double
          logicalType: boolean | boolean
          logicalType: date | date
          logicalType: timestamp | timestamp
          logicalType: time | string
          {logicalType: number, physicalType: "decimal(10,2)"} | decimal(10,2)
          {logicalType: string, physicalType: VARCHAR(2)} | string
          {logicalType: integer, physicalType: NUMBER(3)} | bigint
          {logicalType: array, items: {logicalType: date}} | array<date>
          {logicalType: object, properties: [{name: a, logicalType: integer}]} | struct<a:bigint>
          """)
  void aColumnHasThePhysicalTypeOrElseTheLogicalOne(String property, String type) {
    String keys =
        property.startsWith("{") ? property.substring(1, property.length() - 1) : property;
    Contract contract = load("properties: [{name: c, " + keys + "}]\n");

    assertThat(messages()).isEmpty();
    assertThat(contract.columns().get(0).type().simpleString()).isEqualTo(type);
  }

  @Test
  void whatAssayUsesOfAContractIsReadAndTheRestAccepted() {
    Contract contract =
        new ContractLoader(problems, FUNCTIONS)
            .load(
                "c.yaml",
                """
                apiVersion: v3.1.0
                kind: DataContract
                id: urn-x
                version: 2.1.0
                status: active
                domain: sales
                tags: [a]
                description: {purpose: What it is for., usage: any}
                team: {name: crew, members: [{username: ann, name: Ann, role: owner}]}
                servers: [{server: s, type: local, path: x, format: delta}]
                slaProperties: [{property: latency, value: 1, unit: d}]
                price: {priceAmount: 1}
                customProperties: [{property: a, value: [1, 2]}]
                schema:
                  - name: t
                    physicalName: t_1
                    properties:
                      - {name: b, physicalName: B, logicalType: string, primaryKey: true, primaryKeyPosition: 2, tags: [pii], description: Who.}
                      - {name: a, logicalType: date, primaryKey: true, primaryKeyPosition: 1, logicalTypeOptions: {format: dd/MM/yyyy}}
                """,
                "t")
            .orElseThrow();

    assertThat(messages()).isEmpty();
    assertThat(contract.domain()).contains("sales");
    assertThat(contract.description()).contains("What it is for.");
    assertThat(contract.owner()).contains("Ann");
    assertThat(contract.key()).extracting(ContractColumn::name).containsExactly("a", "b");
    ContractColumn b = contract.columns().get(0);
    assertThat(b.physicalName()).contains("B");
    assertThat(b.personal()).isTrue();
    assertThat(b.required()).isTrue();
    assertThat(b.description()).contains("Who.");
    assertThat(contract.columns().get(1).format()).contains("dd/MM/yyyy");
    assertThat(contract.rowRules())
        .extracting(RowRule::name)
        .containsExactly("b_required", "a_required");
  }

  /** Each row: keys of a column, the name and the predicate of the one row rule. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          logicalType: string, required: true | c_required | `c` IS NOT NULL
          logicalType: string, logicalTypeOptions: {minLength: 2} | c_min_length | `c` IS NULL OR length(`c`) >= 2
          logicalType: string, logicalTypeOptions: {maxLength: 9} | c_max_length | `c` IS NULL OR length(`c`) <= 9
          logicalType: string, logicalTypeOptions: {pattern: '^\\d'} | c_pattern | `c` IS NULL OR `c` RLIKE '^\\\\d'
          logicalType: integer, logicalTypeOptions: {minimum: 1} | c_minimum | `c` IS NULL OR `c` >= 1
          logicalType: number, logicalTypeOptions: {exclusiveMaximum: 1.5} | c_maximum | `c` IS NULL OR `c` < 1.5D
          logicalType: number, physicalType: 'decimal(9,2)', logicalTypeOptions: {minimum: 0.01} | c_minimum | `c` IS NULL OR `c` >= 0.01
          logicalType: integer, logicalTypeOptions: {multipleOf: 5} | c_multiple | `c` IS NULL OR `c` % 5 = 0
          logicalType: date, logicalTypeOptions: {minimum: '2020-01-01'} | c_minimum | `c` IS NULL OR `c` >= DATE '2020-01-01'
          logicalType: timestamp, logicalTypeOptions: {exclusiveMinimum: '2020-01-01'} | c_minimum | `c` IS NULL OR `c` > TIMESTAMP '2020-01-01T00:00:00Z'
          logicalType: array, items: {logicalType: string}, logicalTypeOptions: {minItems: 1} | c_min_items | `c` IS NULL OR size(`c`) >= 1
          """)
  void aColumnsDefinitionIsARowRule(String keys, String name, String predicate) {
    Contract contract = load("properties: [{name: c, " + keys + "}]\n");

    assertThat(messages()).isEmpty();
    assertThat(contract.rowRules()).hasSize(1);
    RowRule rule = contract.rowRules().get(0);
    assertThat(rule.name()).isEqualTo(name);
    assertThat(rule.predicate()).isEqualTo(predicate);
    assertThat(rule.onFailure()).isEqualTo(OnFailure.QUARANTINE);
    assertThat(rule.column()).contains("c");
  }

  /** Each row: a rule of column c, and what it becomes: row or batch, name, condition, failure. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {metric: nullValues, mustBe: 0} | row c_not_null `c` IS NOT NULL QUARANTINE
          {metric: nullValues, mustBe: 0, customProperties: [{property: onFailure, value: warn}]} | row c_not_null `c` IS NOT NULL WARN
          {metric: nullValues, mustBe: 0, customProperties: [{property: onFailure, value: hold}]} | batch c_not_null Missing[column=c, predicate=`c` IS NOT NULL, unit=ROWS] HOLD
          {metric: nullValues, mustBeLessThan: 5, unit: percent} | batch c_not_null Missing[column=c, predicate=`c` IS NOT NULL, unit=PERCENT] HOLD
          {metric: missingValues, mustBe: 0, arguments: {missingValues: [null, '', 'it''s']}} | row c_present `c` IS NOT NULL AND `c` NOT IN ('', 'it\\'s') QUARANTINE
          {metric: invalidValues, mustBe: 0, name: known, arguments: {validValues: [a, b]}} | row known `c` IS NULL OR `c` IN ('a', 'b') QUARANTINE
          {metric: invalidValues, mustBe: 0, arguments: {pattern: '^x'}} | row c_valid `c` IS NULL OR `c` RLIKE '^x' QUARANTINE
          {metric: invalidValues, mustBeLessOrEqualTo: 3, arguments: {pattern: x}} | batch c_valid Invalid[column=c, predicate=`c` IS NULL OR `c` RLIKE 'x', unit=ROWS] HOLD
          {metric: duplicateValues, mustBe: 0} | batch c_unique Duplicates[columns=[c], unit=ROWS] HOLD
          {type: sql, query: 'length(c) > length(d)', mustBe: true} | row c_sql coalesce(length(c) > length(d), true) QUARANTINE
          {type: sql, query: 'SELECT count(${property}) FROM ${object}', mustBeGreaterThan: 1} | batch c_query SqlScalar[query=SELECT count(`c`) FROM ${table}, functions={}] HOLD
          {type: sql, query: full(c), mustBe: true} | row c_sql coalesce(full(c), true) QUARANTINE
          {type: custom, engine: deequ, implementation: {constraint: isComplete}} | row c_completeness `c` IS NOT NULL QUARANTINE
          {type: custom, engine: deequ, implementation: {constraint: hasCompleteness, mustBeGreaterOrEqualTo: 1}, customProperties: [{property: onFailure, value: warn}]} | row c_completeness `c` IS NOT NULL WARN
          {type: custom, engine: deequ, implementation: {constraint: hasUniqueness, columns: [c, d], mustBeGreaterThan: 0.9}} | batch c_d_uniqueness Aggregate[statistic=UNIQUENESS, columns=[c, d]] HOLD
          {type: custom, engine: deequ, implementation: {constraint: hasPattern, pattern: x, mustBeGreaterThan: 0.5}} | batch c_pattern_share PatternMatch[column=c, pattern=x] HOLD
          {type: sql, query: full(c), mustBe: true, customProperties: [{property: onFailure, value: hold}]} | batch c_sql Broken[column=Optional[c], predicate=coalesce(full(c), true), functions={full=SqlFunction[name=full, parameters=[x], expression=length(x) > 0]}] HOLD
          {type: custom, engine: deequ, implementation: {constraint: isContainedIn, values: [a, b]}} | row c_allowed_share `c` IS NULL OR `c` IN ('a', 'b') QUARANTINE
          {type: custom, engine: deequ, implementation: {constraint: hasPattern, column: d, pattern: it's}} | row d_pattern_share regexp_extract(`d`, 'it\\'s', 0) <> '' QUARANTINE
          {type: custom, engine: deequ, implementation: {constraint: satisfies, condition: c < d, mustBeGreaterThan: 0.9}} | batch satisfied_share Compliance[column=Optional.empty, predicate=c < d, functions={}] HOLD
          {type: text, description: Nobody checks this.} | none
          """)
  void aQualityRuleJudgesARowWhereOneRowCanBreakItAndTheBatchOtherwise(
      String rule, String expected) {
    Contract contract = withRule("logicalType: string", rule);

    assertThat(messages()).isEmpty();
    Optional<String> row =
        contract.rowRules().stream()
            .map(r -> "row " + r.name() + " " + r.predicate() + " " + r.onFailure())
            .findFirst();
    Optional<String> batch =
        contract.batchRules().stream()
            .map(r -> "batch " + r.name() + " " + r.measure() + " " + r.onFailure())
            .findFirst();
    assertThat(row.or(() -> batch).orElse("none")).isEqualTo(expected);
    assertThat(contract.rowRules().size() + contract.batchRules().size())
        .isEqualTo(expected.equals("none") ? 0 : 1);
  }

  @Test
  void rulesOfTheTableAndUniqueColumnsJudgeTheBatch() {
    Contract contract =
        load(
            """
            properties:
              - {name: a, logicalType: integer, unique: true}
              - {name: b, logicalType: integer}
            quality:
              - {metric: rowCount, mustBeBetween: [1, 10]}
              - {metric: duplicateValues, mustBe: 0, arguments: {properties: [a, b]}}
              - {type: sql, query: a <= b, mustBe: true, dimension: consistency}
            """);

    assertThat(messages()).isEmpty();
    assertThat(contract.batchRules())
        .extracting(BatchRule::name)
        .containsExactly("a_unique", "row_count", "a_b_unique");
    assertThat(contract.batchRules().get(1).threshold().holds(10)).isTrue();
    assertThat(contract.batchRules().get(1).threshold().holds(11)).isFalse();
    assertThat(contract.rowRules()).extracting(RowRule::name).containsExactly("row_sql");
    assertThat(contract.rowRules().get(0).dimension()).contains("consistency");
  }

  /** Each row: a rule of column c that cannot be, and what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {metric: nullvalues, mustBe: 0} | unknown metric 'nullvalues'; did you mean 'nullValues'?
          {metric: nullValues} | expected exactly one of mustBe
          {metric: nullValues, mustBe: none} | expected a number
          {metric: nullValues, mustBe: 0, unit: rws} | unknown unit 'rws'; did you mean 'rows'?
          {metric: nullValues, mustBeLessThan: 500, unit: percent} | what is measured lies from 0 to 100; give a bound
          {metric: rowCount, mustBe: 1} | rowCount belongs to the table's quality
          {metric: invalidValues, mustBe: 0} | expected exactly one of the arguments validValues, pattern
          {metric: invalidValues, mustBe: 0, arguments: {validValues: [x]}} | 'x' is no bigint
          {metric: invalidValues, mustBe: 0, arguments: {pattern: x}} | a pattern fits text, and c is bigint
          {metric: duplicateValues, mustBe: 0, arguments: {properties: [e]}} | unknown column 'e'
          {metric: nullValues, mustBe: 0, dimension: complete} | unknown value 'complete'
          {metric: nullValues, mustBe: 0, name: Not Null} | a rule's name is lower-case letters
          {type: sql, query: c > 0} | a condition on each row takes 'mustBe: true'
          {type: sql, query: c >, mustBe: true} | Syntax error
          {type: sql, query: e > 0, mustBe: true} | unknown column 'e'
          {type: sql, query: 'full(c, 1)', mustBe: true} | function full takes 1 argument (x), not 2
          {type: sql, query: 'SELECT sum(full()) FROM ${table}', mustBe: 1} | function full takes 1 argument (x), not 0
          {type: sql, query: sum(c) > 0, mustBe: true} | sum() is computed over many rows
          {type: sql, query: 'SELECT count(*) FROM silver.x', mustBe: 0} | a rule sees nothing but the judged rows
          {type: sql, query: d, mustBe: true} | is not a boolean
          {type: sql, query: 'size(c) > 1', mustBe: true} | data type mismatch
          {type: sql, query: 'SELECT max(d) FROM ${object}', mustBe: 1} | must return one number, and returns struct<max(d):string>
          {type: sql, query: 'SELECT count(e) FROM ${object}', mustBe: 1} | with name `e` cannot be resolved
          {type: sql, query: c > 0, mustBe: true, unit: percent} | only the standard's metrics have a unit
          {type: custom, engine: deequ, implementation: {constraint: isComplete}, mustBe: 1} | write the operator into the implementation
          {type: custom, engine: soda, implementation: x} | the only engine is deequ, not 'soda'
          {type: custom, engine: deequ, implementation: {constraint: isUniqe}} | unknown constraint 'isUniqe'; did you mean 'isUnique'?
          {type: custom, engine: deequ, implementation: {constraint: hasSize}} | expected exactly one of mustBe
          """)
  void aRuleThatCannotBeIsAProblemInItsPlace(String rule, String message) {
    withRule("logicalType: integer", rule);

    assertThat(problems.all()).hasSize(1);
    Problem problem = problems.all().get(0);
    assertThat(problem.message()).contains(message);
    assertThat(problem.line()).isEqualTo(12);
    assertThat(problem.path()).startsWith("schema[0].properties[0].quality[0]");
  }

  /** Each row: a text of the head, what it is replaced by, and the one problem. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          apiVersion: v3.1.0 | apiVersion: v3.0.0 | c.yaml:1:1: apiVersion: expected v3.1.0, found 'v3.0.0'
          version: 1.0.0 | version: 1.0 | c.yaml:4:10: version: expected text, found '1.0': put it in quotes
          status: active | stats: active | c.yaml:5:1: stats: unknown key 'stats'; did you mean 'status'?
          name: t | name: u | c.yaml:7:5: schema[0].name: the object is named 'u', and its folder 't'
          """)
  void aDocumentThatIsNotTheStandardsIsAProblem(String old, String text, String problem) {
    new ContractLoader(problems, FUNCTIONS)
        .load(
            "c.yaml",
            HEAD.replace(old, text) + "    properties: [{name: c, logicalType: date}]\n",
            "t");

    assertThat(messages()).containsExactly(problem);
  }
}
