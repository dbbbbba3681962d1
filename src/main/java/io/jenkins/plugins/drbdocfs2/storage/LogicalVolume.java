package io.jenkins.plugins.drbdocfs2.storage;

import java.io.Serializable;

/**
 * A logical volume of LVM.
 *
 * @param group the name of its volume group
 * @param name its name
 * @param sizeBytes its size
 * @param attributes the ten characters of lvs(8)
 */
public record LogicalVolume(String group, String name, long sizeBytes, String attributes) implements Serializable {
    /** Its path, {@code /dev/GROUP/NAME}. */
    public String path() {
        return "/dev/" + group + "/" + name;
    }

    /** Whether it is active, which means that its path exists. */
    public boolean isActive() {
        return attributes.charAt(4) == 'a';
    }
}
