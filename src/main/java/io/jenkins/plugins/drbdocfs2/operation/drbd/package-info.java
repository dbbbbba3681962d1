/**
 * Operations on an existing DRBD resource; a long plan is in a class of its own beside the operation.
 * Builds on the engine, the guards, the views, the waits and {@code operation.storage}. Start at {@link DrbdPromote}.
 */
package io.jenkins.plugins.drbdocfs2.operation.drbd;
