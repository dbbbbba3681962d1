/**
 * A node, and scripts on it, for any transport: quoting, scripts and their results, many nodes in parallel. Uses no other
 * package of the plugin. Start at {@link Remote} and {@link Sh}.
 */
package io.jenkins.plugins.drbdocfs2.remote;
