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

  /**
   * Takes a delivery, whole or not at all; one that it has taken before is not done again.
   *
   * @return what became of its rows
   * @throws io.assay.error.AssayException with exit code 5 if it does not answer, 1 if it refuses
   *     the rows, 4 if it is not as configured
   */
  Counts take(Delivery delivery);

  @Override
  void close();
}
