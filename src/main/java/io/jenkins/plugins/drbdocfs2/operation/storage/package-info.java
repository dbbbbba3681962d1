/**
 * Operations on volumes, filesystems and mounts.
 * Builds on the engine, the guards and the views. Start at {@link ClusterMount}; its decisions are in
 * {@link ClusterMountCheck} and {@link ClusterMountPlan}.
 */
package io.jenkins.plugins.drbdocfs2.operation.storage;
