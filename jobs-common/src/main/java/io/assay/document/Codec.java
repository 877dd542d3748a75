package io.assay.document;

import java.util.function.Function;

/**
 * How values of a type are written as text.
 *
 * @param label what is expected, such as {@code a time zone such as Europe/London}
 * @param read throws any {@link RuntimeException} when the text is none; its message is shown
 */
public record Codec(
    Class<?> type, String label, Function<String, Object> read, Function<Object, String> write) {}
