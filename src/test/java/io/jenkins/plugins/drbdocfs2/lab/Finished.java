package io.jenkins.plugins.drbdocfs2.lab;

/**
 * A program that has ended.
 *
 * @param exitCode its exit code
 * @param output what it printed
 */
public record Finished(int exitCode, String output) {}
