package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import java.io.Serializable;

/**
 * A volume in the parameters of drbdCreateResource.
 *
 * @param number its number in the resource
 * @param device the DRBD device, such as {@code /dev/drbd0}
 * @param disk the backing device, unless a node has its own
 * @param metaDisk the place of the metadata likewise: {@code internal}, a device, or a device with an index
 */
public record VolumeSpec(int number, String device, String disk, String metaDisk) implements Serializable {}
