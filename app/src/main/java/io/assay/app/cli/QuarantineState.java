package io.assay.app.cli;

import io.assay.app.operate.QuarantineView.State;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whether a command shows rows that are still in quarantine, or those that were released. */
final class QuarantineState {
  @Option(
      names = "--state",
      paramLabel = "STATE",
      defaultValue = "open",
      converter = StateConverter.class,
      description =
          "open (still there), released (a replay took them in) or all; default ${DEFAULT-VALUE}.")
  State state;

  private static final class StateConverter implements ITypeConverter<State> {
    @Override
    public State convert(String text) {
      return Arrays.stream(State.values())
          .filter(state -> label(state).equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected one of "
                          + Arrays.stream(State.values())
                              .map(StateConverter::label)
                              .collect(Collectors.joining(", "))
                          + ", found '"
                          + text
                          + "'"));
    }

    private static String label(State state) {
      return state.name().toLowerCase(Locale.ROOT);
    }
  }
}
