/**
 * Common refusals of operations: devices in use, possible data loss, disconnected Primaries.
 * Builds on the engine and {@code operation.view}. Start at {@link UsableDeviceCheck}.
 */
package io.jenkins.plugins.drbdocfs2.operation.guard;
