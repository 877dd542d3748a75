package io.assay.job;

import io.assay.batch.Hold;
import java.util.List;
import java.util.stream.Collectors;

/** What waits for a job, as far as it can be known before those it reads from have run. */
public sealed interface Pending {

  /** Nothing new. */
  record Nothing() implements Pending {
    @Override
    public String text() {
      return "nothing new";
    }
  }

  /** Files that were not read yet; their sizes in bytes, as stored. */
  record Files(long files, long bytes) implements Pending {
    @Override
    public String text() {
      return Units.count(files, "new file") + ", " + Units.bytes(bytes);
    }
  }

  /**
   * Records that were not read yet, at most: of the positions between, some may hold none. What
   * came since a run began is among them.
   */
  record Records(long records) implements Pending {
    @Override
    public String text() {
      return Units.count(records, "new record");
    }
  }

  /**
   * The first page of what an API answers, of which some may have been read before.
   *
   * @param more whether further pages follow
   */
  record FirstPage(long records, boolean more) implements Pending {
    @Override
    public String text() {
      return Units.count(records, "record") + " in the first page" + (more ? ", and more" : "");
    }
  }

  /** Versions of the tables it reads that it has not seen, and the rows that they applied. */
  record Versions(long versions, long rows) implements Pending {
    @Override
    public String text() {
      return Units.count(versions, "new version") + ", " + Units.count(rows, "row");
    }
  }

  /** A batch waits for a decision and holds back what is behind it. */
  record Held(long batch, List<Hold> holds) implements Pending {
    public Held {
      holds = List.copyOf(holds);
    }

    @Override
    public String text() {
      String rules = holds.stream().map(Hold::rule).collect(Collectors.joining(", "));
      return "batch " + batch + " is held: " + rules;
    }
  }

  /** The dataset names another kind of source than its table was filled from; a person decides. */
  record Changed(String before, String now) implements Pending {
    @Override
    public String text() {
      return "source changed from " + before + " to " + now + ": needs a decision";
    }
  }

  /** The same for people. */
  String text();

  /** Whether the job would have something to do. */
  default boolean anything() {
    return !(this instanceof Nothing);
  }
}
