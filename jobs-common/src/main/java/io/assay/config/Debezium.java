package io.assay.config;

import io.assay.document.Setting;
import java.util.List;
import java.util.Optional;

/** How messages of Debezium are read. */
public record Debezium(
    @Setting(
            "The connector that writes the messages; messages of another go to quarantine. Unless"
                + " history.sequence says otherwise, its log positions order the events:"
                + " postgresql by source.lsn; mysql and mariadb by source.file, source.pos and"
                + " source.row; oracle by source.scn; sqlserver by source.commit_lsn,"
                + " source.change_lsn and source.event_serial_no.")
        Optional<Connector> connector,
    @Setting(
            "What a text means in a column that is a number, in messages without a schema block:"
                + " string (its digits) or precise (bytes in base64, with as many decimals as the"
                + " contract's type has), as the connector's decimal.handling.mode has it."
                + " Without it such a value is a violation, since some texts can mean both.")
        Optional<Decimals> decimals,
    @Setting(
            "What stands for a value that the database did not log, as the connector's"
                + " unavailable.value.placeholder has it. The column keeps its value.")
        String unavailable) {
  public static final Debezium DEFAULT =
      new Debezium(Optional.empty(), Optional.empty(), "__debezium_unavailable_value");

  /** The connectors whose log positions are known, named as messages name them. */
  public enum Connector {
    POSTGRESQL,
    MYSQL,
    MARIADB,
    ORACLE,
    SQLSERVER;

    /** The fields of a message that order its events, as {@code history.sequence} names them. */
    public List<String> sequence() {
      return positions().stream().map(EnvelopeField::path).toList();
    }

    private List<EnvelopeField> positions() {
      return switch (this) {
        case POSTGRESQL -> List.of(EnvelopeField.LSN);
        case MYSQL, MARIADB -> List.of(EnvelopeField.FILE, EnvelopeField.POS, EnvelopeField.ROW);
        case ORACLE -> List.of(EnvelopeField.SCN);
        case SQLSERVER ->
            List.of(
                EnvelopeField.COMMIT_LSN, EnvelopeField.CHANGE_LSN, EnvelopeField.EVENT_SERIAL_NO);
      };
    }

    /** The connector's name in {@code source.connector}. */
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** What a text means in a numeric column. */
  public enum Decimals {
    /** Its digits. */
    STRING,
    /** The bytes of the number without its point, in base64. */
    PRECISE
  }

  /**
   * The history with what messages say by themselves: their connector's positions as the sequence,
   * and the time of the change in the database as the valid time.
   */
  History completed(History history) {
    boolean unreadable = history.sequence() == null || history.validTime() == null;
    if (unreadable || history.keep() == History.Keep.NONE) {
      return history;
    }
    List<String> sequence =
        history.sequence().isEmpty()
            ? connector.map(Connector::sequence).orElse(List.of())
            : history.sequence();
    boolean untimed =
        history.validTime().isEmpty()
            && !sequence.isEmpty()
            && EnvelopeField.of(sequence.get(0)).isPresent();
    return history.ordered(
        sequence, untimed ? Optional.of(EnvelopeField.SOURCE_TS_MS.path()) : history.validTime());
  }
}
