package io.assay.config;

import java.util.List;

/**
 * One file {@code functions/NAME.sql}: parameters and one expression, expanded where it is called,
 * before analysis.
 *
 * @param parameters in order
 * @param expression SQL over the parameters
 */
public record SqlFunction(String name, List<String> parameters, String expression) {}
