package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The resolved devices of /etc/fstab on a node: links such as {@code /dev/drbd/by-res/r0/0}, and UUID= and LABEL= through
 * the links of udev, as in systemd.
 *
 * @param realPaths the resolved paths by the path of the link
 */
public record FstabDevices(Map<String, String> realPaths) implements Serializable {
    /** None is known. */
    public static final FstabDevices NONE = new FstabDevices(Map.of());

    private static final List<String> TAGS = List.of("UUID", "LABEL", "PARTUUID", "PARTLABEL", "ID");

    /** The probe for this, which opens no device and reads no mount point. */
    public static final Probe<FstabDevices> PROBE =
            new Probe<>("fstab devices", ShellFile.read(FstabDevices.class, "fstab-devices.sh"), FstabDevices::parse);

    public FstabDevices {
        realPaths = Map.copyOf(realPaths);
    }

    private static FstabDevices parse(Reading reading) {
        String[] parts = reading.text().split("(?m)^=\n", 2);
        List<String> links = parts[0].lines().toList();
        List<String> paths = parts.length > 1 ? parts[1].lines().toList() : List.of();
        Map<String, String> realPaths = new LinkedHashMap<>();
        if (links.size() == paths.size()) {
            for (int i = 0; i < links.size(); i++) {
                realPaths.put(links.get(i), paths.get(i));
            }
        }
        return new FstabDevices(realPaths);
    }

    /** The resolved device of an entry; the written one if unknown. */
    public String realPath(FstabEntry entry) {
        String link = link(entry.device());
        return realPaths.getOrDefault(link, link);
    }

    private static String link(String device) {
        for (String tag : TAGS) {
            if (device.startsWith(tag + "=")) {
                return "/dev/disk/by-" + tag.toLowerCase(Locale.ROOT) + "/"
                        + FstabEntry.unquoted(device.substring(tag.length() + 1));
            }
        }
        return device;
    }
}
