package io.assay.app.profile;

import io.assay.quality.profile.ColumnProfile.ValueCount;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Guesses by a column's name, and by its values, whether it may hold what is personal. It errs on
 * the side of guessing too much: a person takes the tag away, and nobody was shown too much.
 */
final class PersonalGuess {
  private static final String AN_EMAIL = "an email address";

  private static final Map<String, Pattern> NAMES =
      Map.of(
          AN_EMAIL,
          Pattern.compile("(.*_)?(e_?mails?|mail)(_addr(ess)?)?"),
          "a telephone number",
          Pattern.compile("(.*_)?(tele)?(phone|fax|mobile|msisdn|cell)(_n(o|r|um(ber)?))?"),
          "a person's name",
          Pattern.compile(
              "(.*_)?((first|last|full|middle|maiden|given|family|contact|user|nick)_?name|sur_?name|f_?name|l_?name)"),
          "a name, perhaps a person's",
          Pattern.compile("name|(customer|client|person|employee|patient|member|owner)_name"),
          "an address",
          Pattern.compile(
              "(.*_)?(address(_?line)?|street|addr)(_?[0-9])?|(.*_)?(zip|postal)(_?code)?|post_?code"),
          "a date of birth",
          Pattern.compile("(.*_)?(birth_?(date|day)|date_of_birth|dob)"),
          "an identity or account number",
          Pattern.compile(
              "(.*_)?(ssn|iban|passport|tax_id|national_id|card_number|credit_card_number)"),
          "a network address",
          Pattern.compile("(.*_)?ip(_?addr(ess)?)?"));

  /** Digits in such columns are no numbers to calculate with. */
  private static final Set<String> CODES =
      Set.of("a telephone number", "an address", "an identity or account number");

  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+[.][^@\\s]+");

  private PersonalGuess() {}

  static boolean isEmail(String text) {
    return EMAIL.matcher(text).matches();
  }

  /** What values that would be shown seem to be. */
  static Optional<String> ofValues(List<ValueCount> values) {
    long emails =
        values.stream()
            .filter(each -> isEmail(each.value().strip()))
            .mapToLong(ValueCount::rows)
            .sum();
    long rows = values.stream().mapToLong(ValueCount::rows).sum();
    return emails * 2 > rows ? Optional.of(AN_EMAIL) : Optional.empty();
  }

  /** What a column of objects or arrays seems to hold, by the names of the fields in it. */
  static Optional<String> ofFields(Collection<String> names) {
    return names.stream()
        .filter(name -> of(SafeNames.of(name, ""), false).isPresent())
        .findFirst()
        .map("fields that are personal, such as %s"::formatted);
  }

  /**
   * What the column seems to hold, such as {@code an email address}.
   *
   * @param name of the contract's column
   */
  static Optional<String> of(String name, boolean emails) {
    if (emails) {
      return Optional.of(AN_EMAIL);
    }
    List<String> found =
        NAMES.entrySet().stream()
            .filter(each -> each.getValue().matcher(name).matches())
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    return found.stream().findFirst();
  }

  /** Whether what a column holds is a code even where it is all digits. */
  static boolean isCode(String guess) {
    return CODES.contains(guess);
  }
}
