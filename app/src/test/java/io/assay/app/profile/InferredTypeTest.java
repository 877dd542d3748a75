package io.assay.app.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InferredTypeTest {

  @Test
  void aTypeIsTakenOnlyIfEveryValueFitsItStrictly() {
    assertThat(type("1", " 2 ", "", "-30")).isEqualTo("bigint");
    assertThat(type("007", "12")).isEqualTo("string");
    assertThat(type("1.50", "2", "-0.125")).isEqualTo("decimal(18,3)");
    assertThat(type("12345678901234567890")).isEqualTo("decimal(38,0)");
    assertThat(type("123456789012345678901234567890123456789")).isEqualTo("string");
    assertThat(type("1e3", "2.5")).isEqualTo("double");
    assertThat(type("true", "FALSE")).isEqualTo("boolean");
    assertThat(type("0", "1")).isEqualTo("bigint");
    assertThat(type("2011-01-31", "2012-02-29")).isEqualTo("date");
    assertThat(type("2011-02-29")).isEqualTo("string");
    assertThat(type("2011-01-31 17:05:09.123", "2011-01-31")).isEqualTo("timestamp");
    assertThat(type("2011-01-31T17:05:09Z", "2011-01-31T17:05+01:00")).isEqualTo("timestamp");
    assertThat(type("1", "x")).isEqualTo("string");
    assertThat(type("", " ")).isEqualTo("string");
    assertThat(type("3000,00")).isEqualTo("string");
  }

  @Test
  void datesAreTakenWithTheirPatternUnlessDayAndMonthCannotBeTold() {
    assertThat(format("31/01/2011", "01/02/2011")).isEqualTo("date dd/MM/yyyy");
    assertThat(format("1/31/2011", "12/1/2011")).isEqualTo("date M/d/yyyy");
    assertThat(format("12/1/2010 8:26", "12/31/2010 17:05")).isEqualTo("timestamp M/d/yyyy H:mm");
    assertThat(format("31.12.2010")).isEqualTo("date dd.MM.yyyy");
    assertThat(format("2010/12/31 10:00:00")).isEqualTo("timestamp yyyy/MM/dd HH:mm:ss");
    assertThat(format("01/02/2011", "02/03/2011")).isEqualTo("string ");
    assertThat(remark("01/02/2011")).contains("dd/MM/yyyy and MM/dd/yyyy alike");
  }

  @Test
  void whatStaysTextAlthoughItLooksLikeMoreSaysWhy() {
    assertThat(remark("1", "2", "x"))
        .isEqualTo("Mixed, so it is text: 2 whole numbers, 1 other texts.");
    assertThat(remark("007")).contains("leading zeros");
    assertThat(remark("3000,00")).contains("decimal comma");
    assertThat(remark("")).contains("no value");
    assertThat(remark("a", "b")).isEmpty();
    assertThat(remark("1.5", "2")).isEqualTo("The numbers of the file have up to 1 decimal.");
    assertThat(remark("1.25", "2.5")).isEqualTo("The numbers of the file have up to 2 decimals.");
  }

  @Test
  void partsOfTheValuesGiveTheSameAsAllAtOnce() {
    List<String> values = List.of("1", "2.5", "31", "-7.25", "100");
    TextEvidence joined = new TextEvidence();
    for (String value : values) {
      joined = evidence(value).join(joined);
    }
    assertThat(InferredType.of(joined))
        .isEqualTo(InferredType.of(evidence(values.toArray(new String[0]))));
    TextEvidence dates = evidence("31/01/2011").join(evidence("01/02/2011")).join(evidence());
    assertThat(InferredType.of(dates).format()).contains("dd/MM/yyyy");
  }

  @Test
  void aTextOfADocumentIsNoNumber() {
    TextEvidence evidence = new TextEvidence();
    evidence.addText("12345");
    evidence.addText("2011-01-31");
    assertThat(InferredType.of(evidence).type().catalogString()).isEqualTo("string");
    TextEvidence dates = new TextEvidence();
    dates.addText("2011-01-31");
    assertThat(InferredType.of(dates).type().catalogString()).isEqualTo("date");
  }

  @Test
  void namesBecomeWhatColumnsCanBeCalled() {
    assertThat(
            SafeNames.ofColumns(
                List.of(
                    "CustomerID",
                    "Order ID",
                    "order-id",
                    "Größe",
                    "2nd",
                    "",
                    "日本",
                    "is_current",
                    "HTTPStatus",
                    "x".repeat(200))))
        .startsWith(
            "customer_id",
            "order_id",
            "order_id_2",
            "grosse",
            "c_2nd",
            "column_6",
            "column_7",
            "is_current_2",
            "http_status")
        .allMatch(name -> name.matches("[a-z][a-z0-9_]{0,62}"));
  }

  @Test
  void whatMayBePersonalIsGuessedFromNamesAndValues() {
    for (String name :
        List.of(
            "email",
            "billing_email",
            "e_mail",
            "phone",
            "mobile_number",
            "first_name",
            "surname",
            "address_line_1",
            "street",
            "post_code",
            "zip",
            "date_of_birth",
            "iban",
            "name",
            "ip_address")) {
      assertThat(PersonalGuess.of(name, false)).as(name).isPresent();
    }
    for (String name :
        List.of(
            "product_name",
            "brewery_name",
            "status",
            "amount",
            "ship",
            "filename",
            "cellar",
            "description")) {
      assertThat(PersonalGuess.of(name, false)).as(name).isEmpty();
    }
    assertThat(PersonalGuess.of("contact", evidence("a@b.org", "c@d.org").emails()))
        .contains("an email address");
  }

  private static String type(String... values) {
    return InferredType.of(evidence(values)).type().catalogString();
  }

  private static String format(String... values) {
    InferredType type = InferredType.of(evidence(values));
    return type.type().catalogString() + " " + type.format().orElse("");
  }

  private static String remark(String... values) {
    return InferredType.of(evidence(values)).remark();
  }

  private static TextEvidence evidence(String... values) {
    TextEvidence evidence = new TextEvidence();
    for (String value : values) {
      evidence.add(value);
    }
    return evidence;
  }
}
