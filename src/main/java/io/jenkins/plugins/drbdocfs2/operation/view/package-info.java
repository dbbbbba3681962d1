/**
 * Common views, reports and simulations of operations.
 * Builds on the engine, the facts and their models. Start at {@link DrbdFacts}.
 */
package io.jenkins.plugins.drbdocfs2.operation.view;
