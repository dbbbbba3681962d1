/**
 * One class a Pipeline step: its parameters, and the operation made of them.
 * Builds on Jenkins and all below. Classes here are saved in files of Jenkins: their names stay. Start at
 * {@link ClusterStep}.
 */
package io.jenkins.plugins.drbdocfs2.steps;
