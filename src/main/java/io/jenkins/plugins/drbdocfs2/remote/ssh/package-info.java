/**
 * SSH to a node with JSch: connection, login, and the shells on its channels. Builds on {@code remote} and the host keys.
 * It is the only package with types of JSch besides {@code com.jcraft.jsch}. Start at {@link SshRemote}.
 */
package io.jenkins.plugins.drbdocfs2.remote.ssh;
