package io.jenkins.plugins.drbdocfs2.storage;

import java.io.Serializable;

/**
 * A volume group of LVM.
 *
 * @param name its name
 * @param sizeBytes its size
 * @param freeBytes the unused part
 * @param extentBytes the size of an extent
 * @param attributes the six characters of vgs(8)
 */
public record VolumeGroup(String name, long sizeBytes, long freeBytes, long extentBytes, String attributes)
        implements Serializable {
    /** The size of an extent. */
    public Size extent() {
        return new Size(extentBytes);
    }
}
