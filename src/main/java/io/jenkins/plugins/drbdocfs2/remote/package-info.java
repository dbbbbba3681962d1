/**
 * A node and how scripts run on it, whatever the transport: quoting, scripts and their results, many nodes side by
 * side.
 * Uses nothing of the plugin. Start at {@link Remote} and {@link Sh}.
 */
package io.jenkins.plugins.drbdocfs2.remote;
