/**
 * The creation of a DRBD resource: its file, its metadata, and its first start.
 * Builds on the engine, the guards, the views and the waits. Start at {@link DrbdCreateResource}; its decisions are in
 * {@link DrbdCreateResourcePlan}.
 */
package io.jenkins.plugins.drbdocfs2.operation.drbd.create;
