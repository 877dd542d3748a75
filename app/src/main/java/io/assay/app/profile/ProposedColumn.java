package io.assay.app.profile;

import java.util.Optional;

/**
 * A column of a proposed contract.
 *
 * @param name in silver
 * @param source what bronze calls it
 * @param expression over the source's columns, where copying by name will not do
 * @param personal what personal thing it seems to hold
 */
record ProposedColumn(
    String name,
    String source,
    Optional<String> expression,
    InferredType type,
    Optional<String> personal) {

  ProposedColumn withType(InferredType other) {
    return new ProposedColumn(name, source, expression, other, personal);
  }

  /** The same, if nothing personal is known of it, with what is guessed. */
  ProposedColumn orPersonal(Optional<String> guess) {
    return new ProposedColumn(name, source, expression, type, personal.or(() -> guess));
  }
}
