/**
 * Probes, which are read-only scripts, and facts, which are their parsed answers. Builds on {@code remote}. Start at
 * {@link Probe} and {@link ProbeSet}.
 */
package io.jenkins.plugins.drbdocfs2.facts;
