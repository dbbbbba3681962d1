/**
 * A step's result as plain data, its progress while it runs, and the file of a build that holds both.
 * Uses {@code check} only. Start at {@link StepResult} and {@link ReportFile}.
 */
package io.jenkins.plugins.drbdocfs2.result;
