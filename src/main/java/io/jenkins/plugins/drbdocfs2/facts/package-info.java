/**
 * Probes, which are read-only questions in shell, and facts, which are the answers of nodes to them.
 * Builds on {@code remote}. Start at {@link Probe} and {@link ProbeSet}.
 */
package io.jenkins.plugins.drbdocfs2.facts;
