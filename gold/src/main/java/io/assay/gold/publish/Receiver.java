package io.assay.gold.publish;

import java.util.Optional;

/** Where a publication goes: takes each delivery once. */
interface Receiver extends AutoCloseable {

  /** How it wants rows. */
  Form form();

  /**
   * What it holds, as it tells itself; empty if it holds nothing.
   *
   * @throws io.assay.error.AssayException with exit code 5 if it does not answer
   */
  Optional<Position> position();

  /**
   * Whether a delivery of a batch that was interrupted may have reached it, so that the same has to
   * be done again.
   *
   * @param until what it was to hold behind it
   */
  boolean reached(Position until);

  /** Whether it refused a part of one that reached it: something newer takes its place, then. */
  default boolean refused(Position until) {
    return false;
  }

  /**
   * Deliveries since its position that may have left rows there; empty if there are none, as where
   * a delivery is taken whole or not at all.
   *
   * @param until of the batch in hand, which is none of them
   */
  default Optional<Begun> begun(Position until) {
    return Optional.empty();
  }

  /**
   * Takes a delivery; one that it has taken before is not done again.
   *
   * @return what became of its rows
   * @throws io.assay.error.AssayException with exit code 5 if it does not answer, 1 if it refuses
   *     the rows, 4 if it is not as configured
   */
  Counts take(Delivery delivery);

  @Override
  void close();
}
