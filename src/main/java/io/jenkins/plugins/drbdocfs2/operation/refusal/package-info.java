/**
 * The catalogue of refusals: the meaning and remedy of each ID; docs/troubleshooting.md is generated from it.
 * Uses the engine only. Start at {@link DrbdRefusal}.
 */
package io.jenkins.plugins.drbdocfs2.operation.refusal;
