/**
 * SSH to a node by JSch: connection, login, and the shells on its channels.
 * Builds on {@code remote} and the host keys; besides {@code com.jcraft.jsch}, the only package with types of
 * JSch. Start at {@link SshRemote}.
 */
package io.jenkins.plugins.drbdocfs2.remote.ssh;
