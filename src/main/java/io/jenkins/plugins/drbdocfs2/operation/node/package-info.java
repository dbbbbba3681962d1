/**
 * Operations on nodes themselves: checks, scripts of the user, packages.
 * Builds on the engine, the guards and the views. Start at {@link ClusterCheck}; its evaluation is {@link ClusterDiagnosis}.
 */
package io.jenkins.plugins.drbdocfs2.operation.node;
