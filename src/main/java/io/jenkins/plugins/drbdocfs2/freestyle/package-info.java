/**
 * The build step of freestyle jobs, which holds a list of the same steps.
 * Builds on Jenkins and the steps. Classes here are saved in files of Jenkins: their names stay. Start at
 * {@link ClusterBuilder}.
 */
package io.jenkins.plugins.drbdocfs2.freestyle;
