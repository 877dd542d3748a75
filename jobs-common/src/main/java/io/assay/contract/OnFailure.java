package io.assay.contract;

/** What a broken rule does. */
public enum OnFailure {
  /** The row goes to quarantine, the others go on. */
  QUARANTINE,
  /** The batch is held: nothing of it is published until a person decides. */
  HOLD,
  /** It is recorded and said. */
  WARN
}
