package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the devices that /etc/fstab names lead to on a node: links such as {@code /dev/drbd/by-res/r0/0}, and UUID= and LABEL=
 * by the links of udev, as systemd looks for them.
 *
 * @param realPaths by the path of the link
 */
public record FstabDevices(Map<String, String> realPaths) implements Serializable {
    /** None is known. */
    public static final FstabDevices NONE = new FstabDevices(Map.of());

    private static final List<String> TAGS = List.of("UUID", "LABEL", "PARTUUID", "PARTLABEL", "ID");

    /** Asks for them. No device is opened, and no mount point is looked at. */
    public static final Probe<FstabDevices> PROBE = new Probe<>(
            "fstab devices",
            """
            [ -r /etc/fstab ] || exit 0
            set -f; l=
            while read -r s rest; do
              v=${s#*=}; v=${v#\\"}; v=${v%\\"}
              case $s in
                *\\\\*) continue ;;
                /dev/*) v=$s ;;
                UUID=*) v=/dev/disk/by-uuid/$v ;;
                LABEL=*) v=/dev/disk/by-label/$v ;;
                PARTUUID=*) v=/dev/disk/by-partuuid/$v ;;
                PARTLABEL=*) v=/dev/disk/by-partlabel/$v ;;
                ID=*) v=/dev/disk/by-id/$v ;;
                *) continue ;;
              esac
              l="$l $v"
            done < /etc/fstab
            [ "$l" ] || exit 0
            printf '%s\\n' $l; echo =
            readlink -m -- $l""",
            FstabDevices::parse);

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

    /** The device that an entry names, links followed; what it says where that is not known. */
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
