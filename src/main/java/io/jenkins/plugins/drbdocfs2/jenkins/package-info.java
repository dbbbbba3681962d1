/**
 * Jenkins around the operations: credentials, configured clusters, the run on controller or agent, the report of a build.
 * Builds on Jenkins, the engine and the report. Classes here are saved in files of Jenkins, so their names must not change.
 * Start at {@link OperationRun}.
 */
package io.jenkins.plugins.drbdocfs2.jenkins;
