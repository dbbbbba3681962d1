/**
 * What several operations refuse alike: devices in use, data that would be lost, Primaries that are disconnected.
 * Uses the engine and {@code operation.view}. Start at {@link UsableDeviceCheck}.
 */
package io.jenkins.plugins.drbdocfs2.operation.guard;
