package io.jenkins.plugins.drbdocfs2.lab;

/**
 * A program that has ended.
 *
 * @param exitCode its exit code
 * @param output what it printed
 */
public record ProgramResult(int exitCode, String output) {}
