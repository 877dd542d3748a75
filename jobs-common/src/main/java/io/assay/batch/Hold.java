package io.assay.batch;

/**
 * Why a batch is held.
 *
 * @param rule the rule's name, as {@code --accept} takes it; {@code gate} for the share of
 *     quarantined rows
 * @param message what was expected and what was found, for a person
 */
public record Hold(String rule, String message) {}
