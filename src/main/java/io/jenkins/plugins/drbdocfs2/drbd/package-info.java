/**
 * The probes of DRBD: its configuration, state and metadata. Builds on {@code facts} and the packages below it. Start at
 * {@link DrbdProbes}.
 */
package io.jenkins.plugins.drbdocfs2.drbd;
