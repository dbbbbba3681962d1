/**
 * How a wrong parameter or text is told.
 * Uses nothing. Start at {@link Check}.
 */
package io.jenkins.plugins.drbdocfs2.check;
