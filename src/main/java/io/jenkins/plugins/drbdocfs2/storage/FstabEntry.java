package io.jenkins.plugins.drbdocfs2.storage;

import java.io.Serializable;

/**
 * An entry of fstab(5) with unescaped fields.
 *
 * @param device the device
 * @param mountPoint the mount point; "none" for swap
 * @param type the type of the filesystem
 * @param options separated by commas
 * @param dump field 5, usually 0
 * @param pass field 6, usually 0 for a filesystem that is not checked at boot
 */
public record FstabEntry(String device, String mountPoint, String type, String options, int dump, int pass)
        implements Serializable {
    /** Neither dumped nor checked at boot. */
    public FstabEntry(String device, String mountPoint, String type, String options) {
        this(device, mountPoint, type, options, 0, 0);
    }

    /** Whether it has this tag, such as UUID, with this value; the value may be quoted. */
    public boolean hasTag(String tag, String value) {
        return value != null
                && device.startsWith(tag + "=")
                && unquoted(device.substring(tag.length() + 1)).equalsIgnoreCase(value);
    }

    static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** The line for the file, without line end. */
    public String render() {
        return String.join(
                " ",
                OctalEscapes.encode(device),
                OctalEscapes.encode(mountPoint),
                OctalEscapes.encode(type),
                OctalEscapes.encode(options),
                String.valueOf(dump),
                String.valueOf(pass));
    }
}
