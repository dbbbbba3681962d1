package io.jenkins.plugins.drbdocfs2.operation.guard;

/** An operation that continues without data behind suspended I/O; all others are refused. */
public interface ToleratesSuspendedIo {}
