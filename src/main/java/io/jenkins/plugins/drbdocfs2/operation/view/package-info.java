/**
 * What several operations read from the facts, tell and simulate alike.
 * Uses the engine, the facts and their models. Start at {@link DrbdFacts}.
 */
package io.jenkins.plugins.drbdocfs2.operation.view;
