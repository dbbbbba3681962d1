package io.jenkins.plugins.drbdocfs2.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.ConfigText.Section;
import io.jenkins.plugins.drbdocfs2.drbd.ConfigText.Statement;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The devices of DRBD as a node's files have them, for whoever has a path and asks what DRBD makes of it.
 *
 * @param known whether drbdadm could read its files and was understood, or is not installed so that there can be none
 * @param devices the volumes of all resources that this node takes part in
 */
public record DrbdDevices(boolean known, List<Device> devices) implements Serializable {
    /** No resource is configured. */
    public static final DrbdDevices NONE = new DrbdDevices(true, List.of());

    /** Asks for them; {@code drbdadm sh-*} is the same for DRBD 8.3, 8.4 and 9. */
    public static final Probe<DrbdDevices> PROBE = new Probe<>(
            "drbd devices",
            """
            command -v drbdadm > /dev/null || exit 3
            all=$(drbdadm sh-resources) || exit 1
            common=$(drbdadm dump | sed -n '/^common {/,/^}/p')
            for r in $all; do
              set -- $(drbdadm sh-dev "$r") ; devices=$*
              set -- $(drbdadm sh-minor "$r"); minors=$*
              set -- $(drbdadm sh-ll-dev "$r"); disks=$*
              set -- $(drbdadm sh-md-dev "$r"); metas=$*
              text=$(drbdadm dump "$r"; printf '%s\\n' "$common")
              two=no
              case $(printf '%s\\n' "$text" | grep -E '^ *allow-two-primaries *[a-z]*;' | head -n 1) in
                *' no;') ;;
                *primaries*) two=yes ;;
              esac
              boot=no
              printf '%s\\n' "$text" | grep -qE '^ *become-primary-on ' && boot=yes
              for o in ping-int ping-timeout timeout; do
                printf '%s\\n' "$text" | sed -n "s/^ *$o  *\\([0-9]*\\);.*/net $r $o \\1/p" | head -n 1
              done
              set -- $minors
              for d in $devices; do
                echo "device $r $d ${1:--1} $two $boot"
                [ $# -gt 0 ] && shift
              done
              for d in $disks $metas; do
                f=$(readlink -f "$d")
                m=$(cat "/sys/class/block/${f##*/}/dm/name")
                echo "disk $r $d $f${m:+ /dev/mapper/$m}"
              done
            done
            true""",
            DrbdDevices::parse);

    public DrbdDevices {
        devices = List.copyOf(devices);
    }

    /**
     * A volume.
     *
     * @param resource the resource's name
     * @param path the path of the DRBD device
     * @param minor its number, or -1
     * @param dualPrimary whether the resource allows two Primaries
     * @param primaryAtBoot whether the resource has {@code become-primary-on}, which 8.x needs to come up as Primary
     * @param lossMillis after how many milliseconds at most the resource gives up a peer that says nothing more, by its
     *     ping-int, ping-timeout and timeout; until then what is written waits. drbd.conf(5)
     * @param disks the disks and metadata devices of the resource on this node: their paths, where these lead to, and
     *     what device-mapper calls them
     */
    public record Device(
            String resource,
            String path,
            int minor,
            boolean dualPrimary,
            boolean primaryAtBoot,
            long lossMillis,
            List<String> disks)
            implements Serializable {}

    /** The volume with that device, by path or minor number. */
    public Optional<Device> of(String path, int minor) {
        return devices.stream()
                .filter(device -> device.path().equals(path) || minor >= 0 && device.minor() == minor)
                .findFirst();
    }

    /** The resource that has the device as a disk, or for its metadata. */
    public Optional<String> below(String path, String realPath) {
        return devices.stream()
                .filter(device -> device.disks().contains(path)
                        || !realPath.isEmpty() && device.disks().contains(realPath))
                .map(Device::resource)
                .findFirst();
    }

    /** With the volumes of a resource as it is to be on a node, in place of those that it had. */
    public DrbdDevices with(Resource resource, String node, EffectiveOptions options) {
        List<String> disks = new ArrayList<>();
        for (Resource.Volume volume : resource.volumes()) {
            Resource.Disk disk = volume.disks().get(node);
            if (disk != null) {
                disks.add(disk.device());
                if (!disk.metaDisk().isInternal()) {
                    disks.add(disk.metaDisk().device());
                }
            }
        }
        List<Device> all = new ArrayList<>(without(resource.name()).devices());
        for (Resource.Volume volume : resource.volumes()) {
            all.add(new Device(
                    resource.name(),
                    volume.device(),
                    volume.minor(),
                    resource.dualPrimary(),
                    options.value("become-primary-on").isPresent(),
                    options.lossMillis(),
                    disks));
        }
        return new DrbdDevices(known, all);
    }

    /** Without the volumes of a resource. */
    public DrbdDevices without(String resource) {
        return new DrbdDevices(
                known,
                devices.stream()
                        .filter(device -> !device.resource().equals(resource))
                        .toList());
    }

    static DrbdDevices parse(Reading reading) {
        if (reading.exitCode() == 3) {
            return NONE;
        }
        List<String[]> volumes = new ArrayList<>();
        Map<String, Map<String, String>> options = new HashMap<>();
        Map<String, Set<String>> disks = new HashMap<>();
        boolean known = reading.ok();
        for (String line : reading.text().split("\n")) {
            String[] words = line.split(" ");
            String kind = words.length < 3 ? "" : words[0];
            if (kind.equals("device") && words.length == 6 && words[3].matches("-?\\d{1,7}")) {
                volumes.add(words);
            } else if (kind.equals("net") && words.length == 4 && words[3].matches("\\d{1,9}")) {
                options.computeIfAbsent(words[1], name -> new HashMap<>()).put(words[2], words[3]);
            } else if (kind.equals("disk")) {
                disks.computeIfAbsent(words[1], name -> new LinkedHashSet<>())
                        .addAll(List.of(words).subList(2, words.length));
            } else {
                known &= line.isBlank();
            }
        }
        // A resource that has no disk on this node has a line for it all the same: "disk r0 none"
        known &= disks.keySet().equals(volumes.stream().map(words -> words[1]).collect(Collectors.toSet()));
        List<Device> devices = new ArrayList<>();
        for (String[] words : volumes) {
            devices.add(new Device(
                    words[1],
                    words[2],
                    Integer.parseInt(words[3]),
                    words[4].equals("yes"),
                    words[5].equals("yes"),
                    lossMillis(options.getOrDefault(words[1], Map.of())),
                    List.copyOf(disks.getOrDefault(words[1], Set.of()))));
        }
        return new DrbdDevices(known, devices);
    }

    private static long lossMillis(Map<String, String> options) {
        List<Statement> statements = options.entrySet().stream()
                .map(option -> Statement.of(option.getKey(), option.getValue()))
                .toList();
        return new EffectiveOptions(List.of(Section.of("net", statements)), List.of()).lossMillis();
    }
}
