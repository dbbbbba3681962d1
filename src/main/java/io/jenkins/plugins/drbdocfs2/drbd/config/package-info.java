/**
 * The configuration of DRBD: resources, their options, the text of their files for each generation, and the parser of
 * drbdadm's output. Builds on {@code facts} and the metadata. Start at {@link Resource} and {@link ResourceText}.
 */
package io.jenkins.plugins.drbdocfs2.drbd.config;
