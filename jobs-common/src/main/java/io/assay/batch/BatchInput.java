package io.assay.batch;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.assay.table.TableName;
import io.assay.table.TableRange;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a batch reads, fixed before it starts. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = BatchInput.Tables.class, name = "tables"),
  @JsonSubTypes.Type(value = BatchInput.Files.class, name = "files"),
  @JsonSubTypes.Type(value = BatchInput.Positions.class, name = "positions"),
  @JsonSubTypes.Type(value = BatchInput.Replayed.class, name = "replayed"),
  @JsonSubTypes.Type(value = BatchInput.Quarantined.class, name = "quarantined")
})
public sealed interface BatchInput {

  /** The ranges of tables that are read; none where no table is. */
  List<TableRange> ranges();

  /** What is read of a table; empty if it is not read. */
  default Optional<TableRange> range(TableName table) {
    return ranges().stream().filter(range -> range.table().equals(table)).findFirst();
  }

  /**
   * Ranges of versions of tables. An incremental reader takes what each range added; a full one
   * takes each table as of {@code upTo}.
   */
  record Tables(List<TableRange> ranges) implements BatchInput {
    public Tables {
      ranges = List.copyOf(ranges);
    }
  }

  /** Files, each read once. */
  record Files(List<SourceFile> files) implements BatchInput {
    public Files {
      files = List.copyOf(files);
    }

    @Override
    public List<TableRange> ranges() {
      return List.of();
    }
  }

  /**
   * Intervals of positions in a source that has an order. Every origin that this batch or one
   * before it read is named, so that the newest finished batch alone tells the whole position.
   *
   * @param source the kind of source, as a dataset names it; empty if that is not told
   * @param spans one for each origin; an empty one where this batch reads nothing
   */
  record Positions(String source, List<Span> spans) implements BatchInput {
    @JsonCreator
    public Positions {
      source = source == null ? "" : source;
      spans = List.copyOf(spans);
    }

    public Positions(List<Span> spans) {
      this("", spans);
    }

    @Override
    public List<TableRange> ranges() {
      return List.of();
    }
  }

  /**
   * An interval of one origin's positions, which are texts that only the kind of source
   * understands.
   *
   * @param origin what has positions of its own: a topic's partition, say; as rows name it in
   *     {@code _source}
   * @param identity tells the origin from a later one of its name; empty where it has none
   * @param from the first position that is read
   * @param until the position to go on at; the same as {@code from} if nothing is read
   */
  record Span(String origin, String identity, String from, String until) {}

  /**
   * Everything that the batches before have read, once more, for a table that is made anew. What
   * such a batch writes takes the place of all that they wrote, and its account that of theirs.
   *
   * @param pieces neighbouring ranges of one table, oldest first; at least one
   */
  record Replayed(List<Piece> pieces) implements BatchInput {
    public Replayed {
      pieces = List.copyOf(pieces);
    }

    /** One range: from where the first piece begins to where the last one ends. */
    @Override
    public List<TableRange> ranges() {
      TableRange first = pieces.get(0).range();
      TableRange last = pieces.get(pieces.size() - 1).range();
      long rows = pieces.stream().mapToLong(piece -> piece.range().rows()).sum();
      return List.of(
          new TableRange(last.table(), last.tableId(), first.after(), last.upTo(), rows));
    }

    /** Whether that input begins where this one ends, or later, in the same table. */
    boolean precedes(BatchInput later) {
      TableRange range = ranges().get(0);
      return later.ranges().stream()
          .allMatch(next -> next.tableId().equals(range.tableId()) && next.after() >= range.upTo());
    }
  }

  /**
   * Rows that lie in quarantine, once more. They are read from the table in which they landed.
   *
   * @param position the empty range where the batches before have got to in that table, so that
   *     this batch moves the position nowhere
   * @param landed the ranges in which the rows landed, oldest first; at least one. Every row that
   *     is meant and landed between the first one's start and the last one's end is in one of them
   * @param firstBatch the first batch of the epoch; what earlier ones sent to quarantine came again
   *     with the epoch, and is not meant
   * @param filter which of the rows
   * @param rows how many rows are meant
   */
  record Quarantined(
      TableRange position, List<TableRange> landed, long firstBatch, Filter filter, long rows)
      implements BatchInput {
    public Quarantined {
      landed = List.copyOf(landed);
    }

    @Override
    public List<TableRange> ranges() {
      return List.of(position);
    }

    /** The version of the table before the first range; exclusive. */
    public long after() {
      return landed.get(0).after();
    }

    /** The last version of the last range; inclusive. */
    public long upTo() {
      return landed.get(landed.size() - 1).upTo();
    }

    /**
     * Which rows in quarantine are meant; those that fit all of it.
     *
     * @param rule one that the row broke; empty for any
     * @param since when it was refused, or later; empty for any time
     * @param butRules rules that the row must not have broken
     * @param notTriedBy batches that tried in vain what would be tried in vain again
     */
    public record Filter(
        Optional<String> rule,
        Optional<Instant> since,
        List<String> butRules,
        List<Long> notTriedBy) {
      public static final Filter ALL = of(Optional.empty(), Optional.empty());

      public Filter {
        butRules = List.copyOf(butRules);
        notTriedBy = List.copyOf(notTriedBy);
      }

      /** The rows that broke a rule and were refused at a time or later. */
      public static Filter of(Optional<String> rule, Optional<Instant> since) {
        return new Filter(rule, since, List.of(), List.of());
      }

      /**
       * The same but for the rows that broke one of these rules, unless it is the one asked for.
       */
      public Filter unlessAskedFor(List<String> rules) {
        List<String> others =
            rules.stream().filter(name -> !rule.equals(Optional.of(name))).toList();
        return new Filter(rule, since, others, notTriedBy);
      }

      /** The same but for what some batches tried. */
      public Filter butNotTriedBy(List<Long> batches) {
        return new Filter(rule, since, butRules, batches);
      }
    }
  }

  /**
   * What one batch read, and how it was judged.
   *
   * @param clock the batch's time
   * @param decision what a person decided about it
   * @param replay which batch it was, if it took rows from quarantine and read nothing new
   */
  record Piece(
      TableRange range,
      Instant clock,
      Decision decision,
      Account account,
      Optional<Replay> replay) {}

  /**
   * A batch that took rows from quarantine.
   *
   * @param batch its number, under which quarantine knows what it tried
   * @param input what it read then
   */
  record Replay(long batch, Quarantined input) {}

  /**
   * One file as it was when it was listed.
   *
   * @param path absolute, with its scheme
   * @param bytes its length
   * @param modified its modification time, in milliseconds since the epoch; told, never used as a
   *     position
   */
  record SourceFile(String path, long bytes, long modified) implements Serializable {}
}
