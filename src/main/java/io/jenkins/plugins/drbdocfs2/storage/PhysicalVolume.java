package io.jenkins.plugins.drbdocfs2.storage;

import java.io.Serializable;

/**
 * A physical volume of LVM.
 *
 * @param device its path
 * @param group the name of its volume group, or null if it is in none
 * @param sizeBytes its size
 * @param attributes the three characters of pvs(8)
 */
public record PhysicalVolume(String device, String group, long sizeBytes, String attributes) implements Serializable {}
