/**
 * DRBD's metadata on a disk: size, place and generation identifiers.
 * Builds on {@code facts}. Start at {@link GenerationIds}.
 */
package io.jenkins.plugins.drbdocfs2.drbd.metadata;
