package io.assay.bronze.landing;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.batch.BatchInput;
import io.assay.batch.Decision;
import io.assay.batch.Intent;
import java.io.Closeable;
import java.util.List;
import java.util.Optional;

/**
 * A source as batches see it: it says which range is next, and reads a range. One for each run of a
 * job; all that is the same for every kind of source is done by {@link LandingWork}.
 *
 * <p>A client's failures come as {@link io.assay.error.AssayException}: exit code 5 if the source
 * does not answer, 1 if it no longer has what was not read yet.
 */
public interface PulledSource extends Closeable {

  /** What shapes the rows of a range; what it leaves out cannot influence them. */
  JsonNode configuration();

  /**
   * The next range, bounded in size. What comes to the source during a run is left to the next one,
   * so that a run ends.
   *
   * @param last the input of the newest finished batch of this epoch; empty at its start
   * @return empty if there is nothing new
   */
  Optional<BatchInput> next(Optional<BatchInput> last);

  /** Whether it is known, without a look at the source, that another range follows. */
  default boolean knowsOfMore() {
    return false;
  }

  /** A range as its intent fixed it, ready to be read. */
  PulledRange range(Intent intent);

  /**
   * Whether a person's decision is about the source itself: what is missing there, say. Such a
   * decision needs no batch that is held.
   *
   * @param last as for {@link #next}
   */
  default boolean awaits(Decision decision, Optional<BatchInput> last) {
    return false;
  }

  /** What people should know of the source after the run's last batch. */
  default List<String> notes() {
    return List.of();
  }
}
