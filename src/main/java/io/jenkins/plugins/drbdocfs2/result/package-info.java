/**
 * The result of a step as plain data, its progress while it runs, and the file of a build that contains both. Uses only
 * {@code check}. Start at {@link StepResult} and {@link ReportFile}.
 */
package io.jenkins.plugins.drbdocfs2.result;
