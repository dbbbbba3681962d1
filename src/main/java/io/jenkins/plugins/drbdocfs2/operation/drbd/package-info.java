/**
 * Operations on an existing DRBD resource, each with its plan beside it.
 * Uses the engine, the guards, the views, the waits and {@code operation.storage}. Start at {@link DrbdPromote}.
 */
package io.jenkins.plugins.drbdocfs2.operation.drbd;
