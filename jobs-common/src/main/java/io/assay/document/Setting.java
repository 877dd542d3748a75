package io.assay.document;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The one owner of a key's meaning, default and unit. The checker, the JSON Schemas and the
 * reference page are made from it. The key is the component's name in snake case.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE, ElementType.FIELD})
public @interface Setting {
  /** What it means, for the reader of the reference page. */
  String value() default "";

  /**
   * The value that holds when the key is absent, as YAML would have it. Without one, a record's
   * constant of its own type says it; without that, the key is required (lists, maps and optional
   * values are empty).
   */
  String otherwise() default "";

  /** How a number is written. */
  Unit unit() default Unit.PLAIN;

  /** How a number is written. */
  enum Unit {
    PLAIN,
    /** {@code 512}, {@code 10kb}, {@code 10mb}, {@code 1gb}: powers of 1024. */
    SIZE,
    /** {@code 10%} or {@code 10}. */
    PERCENT
  }
}
