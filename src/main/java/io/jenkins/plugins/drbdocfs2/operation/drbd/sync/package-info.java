/**
 * Waits for DRBD: a synchronisation, a verify, a connection, followed by its events.
 * Builds on the engine, the state of DRBD and the views. Start at {@link SyncWatch}.
 */
package io.jenkins.plugins.drbdocfs2.operation.drbd.sync;
