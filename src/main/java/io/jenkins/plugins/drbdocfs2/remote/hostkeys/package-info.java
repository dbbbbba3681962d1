/**
 * Host keys of SSH servers: which are accepted, and the known_hosts files that hold them.
 * Builds on {@code remote}. Start at {@link HostKeys}.
 */
package io.jenkins.plugins.drbdocfs2.remote.hostkeys;
