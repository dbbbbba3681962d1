/**
 * The catalogue of refusals: what each id means and what to do; docs/troubleshooting.md is made of it.
 * Uses the engine only. Start at {@link DrbdRefusal}.
 */
package io.jenkins.plugins.drbdocfs2.operation.refusal;
