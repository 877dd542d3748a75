package io.assay.contract;

import java.util.Optional;

/**
 * A rule that one row alone can break. It sends the row to quarantine (or, where its failures are
 * only to be known, warns).
 *
 * @param name unique in the contract
 * @param column the column it is about; empty: the whole row
 * @param predicate a SQL condition over the contract's columns; the row breaks the rule unless it
 *     is true. Written so that it is never null for rows that should pass
 * @param dimension the standard's quality dimension
 * @param onFailure {@link OnFailure#QUARANTINE} or {@link OnFailure#WARN}
 * @param description what is expected, for people
 */
public record RowRule(
    String name,
    Optional<String> column,
    String predicate,
    Optional<String> dimension,
    OnFailure onFailure,
    String description) {}
