/**
 * The probes of DRBD, over its configuration, state and metadata.
 * Uses {@code facts} and the packages below it. Start at {@link DrbdProbes}.
 */
package io.jenkins.plugins.drbdocfs2.drbd;
