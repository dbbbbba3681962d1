package io.jenkins.plugins.drbdocfs2.lab;

/**
 * The result of a program.
 *
 * @param exitCode its exit code
 * @param output its output
 */
public record ProgramResult(int exitCode, String output) {}
