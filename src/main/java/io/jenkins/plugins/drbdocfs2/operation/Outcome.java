package io.jenkins.plugins.drbdocfs2.operation;

import java.io.Serializable;
import java.util.Map;

/**
 * How a step ended.
 *
 * @param result its result as plain values, whole or, where it failed, as far as it came
 * @param failure what went wrong, or null
 */
public record Outcome(Map<String, Object> result, String failure) implements Serializable {}
