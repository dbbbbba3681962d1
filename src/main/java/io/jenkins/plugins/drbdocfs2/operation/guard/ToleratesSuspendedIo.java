package io.jenkins.plugins.drbdocfs2.operation.guard;

/** An operation that makes do without what it could not read, since DRBD has suspended its I/O; any other is refused. */
public interface ToleratesSuspendedIo {}
