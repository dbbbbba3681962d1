package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The users of the block devices of a node, from all sources of the kernel: devices on others, loop devices, swap, mounts
 * in all mount namespaces, processes with open devices, targets of a storage network.
 *
 * @param known whether the uses could be read
 * @param devices the devices by their names in {@code /sys/class/block}
 * @param uppers the devices on each device, by name: device-mapper, RAID, DRBD, partitions, loop devices
 * @param partitions the disk of each partition, by their names
 * @param uses other users of a device, by its number such as "8:16"; the text after "in use: "
 */
public record DeviceUses(
        boolean known,
        Map<String, Device> devices,
        Map<String, List<String>> uppers,
        Map<String, String> partitions,
        Map<String, List<String>> uses)
        implements Serializable {
    /** Nothing uses any device. */
    public static final DeviceUses NONE = new DeviceUses(true, Map.of(), Map.of(), Map.of(), Map.of());

    /** The probe for this. */
    public static final Probe<DeviceUses> PROBE = Probe.tame(
            "uses of block devices",
            SuspendedDrbdDevices.SHELL + ShellFile.read(DeviceUses.class, "uses.sh"),
            DeviceUses::parse);

    private static final String MOUNTED = "mounted at ";
    private static final int DEEPEST = 8;

    /**
     * A device.
     *
     * @param name its name in /sys/class/block
     * @param number its major and minor number
     * @param shown its name for messages
     */
    public record Device(String name, String number, String shown) implements Serializable {}

    private static DeviceUses parse(Reading reading) {
        Map<String, Device> devices = new LinkedHashMap<>();
        Map<String, List<String>> uppers = new LinkedHashMap<>();
        Map<String, String> partitions = new LinkedHashMap<>();
        Map<String, List<String>> uses = new LinkedHashMap<>();
        List<String[]> later = new ArrayList<>();
        boolean whole = false;
        for (String line : reading.text().split("\n")) {
            String[] words = line.split(" ", 5);
            whole = words[0].equals("end");
            switch (words[0] + (words.length - 1)) {
                case "device2", "device3", "device4" -> {
                    String shown = words.length > 3 && !words[3].isEmpty() ? words[3] : words[1];
                    devices.put(words[1], new Device(words[1], words[2], shown));
                }
                case "over2" -> add(uppers, words[2], words[1]);
                case "part2" -> {
                    add(uppers, words[2], words[1]);
                    partitions.put(words[1], words[2]);
                }
                case "swap2", "swap3", "swap4" -> add(uses, words[1], "as swap");
                case "export2", "export3", "export4" -> add(uses, words[1], "by " + line.split(" ", 3)[2]);
                case "open3", "open4" -> add(
                        uses, words[1], "by process " + words[2] + " (" + line.split(" ", 4)[3] + ")");
                case "elsewhere4" -> add(
                        uses,
                        words[1],
                        MOUNTED + OctalEscapes.decode(words[3]) + " in the mount namespace of process " + words[2]
                                + " (" + words[4] + ")");
                case "loop4", "btrfs2" -> later.add(words);
                default -> {}
            }
        }
        later.forEach(words -> link(words, devices, uppers, uses));
        return new DeviceUses(whole && reading.ok(), devices, uppers, partitions, uses);
    }

    private static void link(
            String[] words,
            Map<String, Device> devices,
            Map<String, List<String>> uppers,
            Map<String, List<String>> uses) {
        if (words[0].equals("btrfs")) {
            Device part = devices.get(words[1]);
            if (part != null) {
                add(uses, part.number(), "as a part of the btrfs filesystem " + words[2] + ", which is mounted");
            }
            return;
        }
        Device loop = devices.get(words[1]);
        if (loop != null) {
            String from = words[2].equals("0") ? "" : " from byte " + words[2];
            devices.put(loop.name(), new Device(loop.name(), loop.number(), loop.name() + from));
        }
        devices.values().stream()
                .filter(device -> device.number().equals(words[3]))
                .findFirst()
                .ifPresent(backing -> add(uppers, backing.name(), words[1]));
    }

    private static void add(Map<String, List<String>> lists, String key, String value) {
        lists.computeIfAbsent(key, none -> new ArrayList<>()).add(value);
    }

    /**
     * The users of a device, or of a device above or below it, as text after "in use: "; may be empty.
     *
     * @param device the device
     * @param mounts the mounts of the node
     * @param except the names of devices that may be on it, such as "drbd0"
     */
    public List<String> of(BlockDevice device, MountInfo mounts, Set<String> except) {
        Set<String> words = new LinkedHashSet<>(direct(device.number(), mounts));
        String name = name(device.number());
        for (String upper : uppers.getOrDefault(name, List.of())) {
            if (!except.contains(upper)) {
                words.add("by " + shown(upper, mounts, DEEPEST));
            }
        }
        for (String user : device.users()) {
            boolean listed = words.stream().anyMatch(word -> (word + " ").startsWith("by " + user + " "));
            if (!except.contains(user) && !listed && !user.equals(BlockDevice.EXCLUSIVE)) {
                words.add(user.equals("swap") ? "as swap" : "by " + user);
            }
        }
        words.addAll(below(name, mounts, DEEPEST));
        boolean mine = device.users().stream().anyMatch(except::contains);
        if (words.isEmpty() && !mine && device.users().contains(BlockDevice.EXCLUSIVE)) {
            words.add("by " + BlockDevice.EXCLUSIVE);
        }
        return List.copyOf(words);
    }

    /** Whether this user is a mount of the device itself. */
    public static boolean isMount(String use) {
        return use.startsWith(MOUNTED);
    }

    /** For a dry run: the same without the mounts at a mount point. */
    public DeviceUses unmounted(String mountPoint) {
        Map<String, List<String>> left = new LinkedHashMap<>();
        uses.forEach((number, words) -> left.put(
                number,
                words.stream()
                        .filter(word -> !word.startsWith(MOUNTED + mountPoint + " in "))
                        .toList()));
        return new DeviceUses(known, devices, uppers, partitions, left);
    }

    private String name(String number) {
        return devices.values().stream()
                .filter(device -> !number.isEmpty() && device.number().equals(number))
                .map(Device::name)
                .findFirst()
                .orElse("");
    }

    private List<String> direct(String number, MountInfo mounts) {
        List<String> here = mounts.ofDevice(number).stream()
                .map(Mount::mountPoint)
                .distinct()
                .toList();
        List<String> words =
                new ArrayList<>(here.stream().map(at -> MOUNTED + at).toList());
        for (String word : uses.getOrDefault(number, List.of())) {
            if (here.stream().noneMatch(at -> word.startsWith(MOUNTED + at + " in "))) {
                words.add(word);
            }
        }
        return words;
    }

    private String shown(String name, MountInfo mounts, int deep) {
        Device device = devices.get(name);
        if (device == null || deep == 0) {
            return name;
        }
        List<String> more = new ArrayList<>(direct(device.number(), mounts));
        for (String upper : uppers.getOrDefault(name, List.of())) {
            more.add("by " + shown(upper, mounts, deep - 1));
        }
        return device.shown() + (more.isEmpty() ? "" : " (" + String.join(", ", more) + ")");
    }

    // Devices below may have other users, such as the other volumes of a group on its disks, but no direct users.
    private List<String> below(String name, MountInfo mounts, int deep) {
        List<String> words = new ArrayList<>();
        for (String lower : lowers(name)) {
            Device device = devices.get(lower);
            if (device == null || deep == 0) {
                continue;
            }
            List<String> own = new ArrayList<>(direct(device.number(), mounts));
            for (String upper : uppers.get(lower)) {
                boolean part = lower.equals(partitions.get(upper));
                boolean rival = lower.equals(partitions.get(name)) ? !part : upper.startsWith("loop");
                if (!upper.equals(name) && rival) {
                    own.add("by " + shown(upper, mounts, DEEPEST));
                }
            }
            own.forEach(word -> words.add("through " + device.shown() + " below it, which is in use " + word));
            words.addAll(below(lower, mounts, deep - 1));
        }
        return words;
    }

    private List<String> lowers(String name) {
        return uppers.entrySet().stream()
                .filter(lower -> lower.getValue().contains(name))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The paths of all devices below one, such as the disk of a partition. */
    public Set<String> pathsBelow(BlockDevice device) {
        Set<String> found = new LinkedHashSet<>();
        List<String> next = lowers(name(device.number()));
        for (int deep = 0; deep < DEEPEST && !next.isEmpty(); deep++) {
            found.addAll(next);
            next = next.stream().flatMap(name -> lowers(name).stream()).toList();
        }
        return found.stream().map(name -> "/dev/" + name).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
