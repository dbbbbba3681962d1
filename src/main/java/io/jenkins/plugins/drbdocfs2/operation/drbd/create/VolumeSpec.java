package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import java.io.Serializable;

/**
 * A volume as drbdCreateResource is given it.
 *
 * @param number its number in the resource
 * @param device the DRBD device, such as {@code /dev/drbd0}
 * @param disk the block device below it, where a node does not name its own
 * @param metaDisk where the metadata are, likewise: {@code internal}, a device, or a device with an index
 */
public record VolumeSpec(int number, String device, String disk, String metaDisk) implements Serializable {}
