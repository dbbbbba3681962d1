/**
 * Checks of parameters and texts with their messages, and the mask of the {@code shared-secret}. Uses no other package.
 * Start at {@link Check}.
 */
package io.jenkins.plugins.drbdocfs2.check;
