/**
 * Host keys of SSH servers: the accepted ones, and known_hosts files. Builds on {@code remote}. Start at {@link HostKeys}.
 */
package io.jenkins.plugins.drbdocfs2.remote.hostkeys;
