package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Item;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Section;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Statement;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices.Device;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices.Slot;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the DRBD devices in the output of {@code drbdadm dump} of all resources. The output is the same for DRBD 8.3, 8.4
 * and 9, except that 9 prints settings common to all nodes once, and the others print them for each node.
 */
final class DrbdDumpParser {
    static final String SCRIPT = ShellFile.REAL_PATH + ShellFile.read(DrbdDumpParser.class, "dumped-devices.sh");

    private static final String DUMP = "= dump\n";
    private static final Pattern FAILED = Pattern.compile("\\s*= failed (\\d+)\\n(.*)", Pattern.DOTALL);
    private static final Pattern TITLE = Pattern.compile("(?m)^# resource (\\S+) on (\\S+): (not )?ignored,");
    private static final Pattern SLOT = Pattern.compile("(/\\S+?) ?\\[ ?(\\d{1,4}) ?]");
    private static final Set<String> SETTINGS = Set.of("device", "disk", "meta-disk", "flexible-meta-disk");
    private static final String STACKED = "stacked-on-top-of";
    private static final Set<String> OF_ANY_NODE = Set.of("floating", STACKED);

    private final Map<String, List<String>> realPaths = new HashMap<>();
    private final Map<String, String> nodes = new HashMap<>();
    private final Set<String> ignored = new LinkedHashSet<>();
    private final Map<String, String> lower = new HashMap<>();

    private DrbdDumpParser() {}

    /** The devices; unknown if any part of the output is not understood. */
    static DrbdDevices parse(Reading reading) {
        Matcher failed = FAILED.matcher(reading.text());
        if (reading.exitCode() == 3 || failed.matches() && failed.group(2).contains("no resources defined")) {
            return DrbdDevices.NONE;
        }
        if (failed.matches()) {
            return DrbdDevices.unknown(DrbdadmComplaint.failure(failed.group(1), failed.group(2)));
        }
        int split = reading.text().indexOf(DUMP);
        if (!reading.ok() || split < 0) {
            return DrbdDevices.unknown("the answer is incomplete");
        }
        DrbdDumpParser dump = new DrbdDumpParser();
        try {
            reading.text().substring(0, split).lines().forEach(dump::realPath);
            return new DrbdDevices(true, dump.devices(reading.text().substring(split + DUMP.length())));
        } catch (TextFormatException e) {
            return DrbdDevices.unknown("what it prints is not understood: " + e.getMessage());
        }
    }

    private void realPath(String line) {
        List<String> words = List.of(line.split(" "));
        if (words.size() < 2 || !words.get(0).equals("real")) {
            throw new TextFormatException("no path of a disk");
        }
        realPaths.put(words.get(1), words.subList(1, words.size()));
    }

    private List<Device> devices(String text) {
        for (Matcher title = TITLE.matcher(text); title.find(); ) {
            nodes.put(title.group(1), title.group(2));
            if (title.group(3) == null) {
                ignored.add(title.group(1));
            }
        }
        List<Item> items = ConfigText.parse(text).items();
        List<Section> common = items.stream()
                .filter(item -> item.name().equals("common") && item instanceof Section)
                .flatMap(item -> sections(((Section) item).items()).stream())
                .toList();
        List<Device> devices = new ArrayList<>();
        for (Section section : sections(items)) {
            if (section.name().equals("resource")) {
                devices.addAll(resource(section, common));
            } else if (!Set.of("common", "global").contains(section.name())) {
                throw new TextFormatException(section.name() + " is not expected");
            }
        }
        if (!nodes.isEmpty()) {
            throw new TextFormatException("an announced resource is missing");
        }
        return devices.stream().map(device -> stacked(device, devices)).toList();
    }

    // The disk of a stacked resource is the device of the one below it.
    private Device stacked(Device device, List<Device> all) {
        Set<String> disks = new LinkedHashSet<>(device.disks());
        all.stream()
                .filter(below -> below.resource().equals(lower.get(device.resource())))
                .forEach(below -> disks.addAll(List.of(below.path(), "/dev/drbd" + below.minor())));
        return new Device(
                device.resource(),
                device.path(),
                device.minor(),
                device.dualPrimary(),
                device.primaryAtBoot(),
                device.lossMillis(),
                List.copyOf(disks),
                device.slots());
    }

    private List<Device> resource(Section section, List<Section> common) {
        String name =
                section.arguments().size() == 1 ? section.arguments().get(0).text() : "";
        String node = nodes.remove(name);
        if (node == null) {
            throw new TextFormatException("a resource is not announced");
        }
        if (ignored.contains(name)) {
            return List.of();
        }
        Map<Integer, Map<String, String>> volumes = new TreeMap<>();
        collect(section.items(), volumes, 0);
        for (Section inner : sections(section.items())) {
            boolean here =
                    inner.arguments().stream().anyMatch(word -> word.text().equals(node));
            if (inner.name().equals("on") && here || OF_ANY_NODE.contains(inner.name())) {
                collect(inner.items(), volumes, 0);
            }
            if (inner.name().equals(STACKED) && inner.arguments().size() == 1) {
                lower.put(name, inner.arguments().get(0).text());
            }
        }
        if (volumes.isEmpty() && lower.containsKey(name)) {
            deviceElsewhere(section, volumes);
        }
        EffectiveOptions options = new EffectiveOptions(sections(section.items()), common);
        List<String> disks = disks(volumes);
        List<Slot> slots = slots(volumes);
        if (volumes.isEmpty()) {
            throw new TextFormatException("a resource has no volume");
        }
        return volumes.values().stream()
                .map(volume -> device(name, volume.get("device"), options, disks, slots))
                .toList();
    }

    // drbdadm 9 omits the device of a stacked resource on the node where it is stacked; the number is the same on its
    // peer.
    private static void deviceElsewhere(Section section, Map<Integer, Map<String, String>> volumes) {
        sections(section.items()).stream()
                .filter(inner -> inner.name().equals("on"))
                .forEach(inner -> collect(inner.items(), volumes, 0));
        volumes.values().forEach(volume -> volume.keySet().retainAll(Set.of("device")));
    }

    private static void collect(List<Item> items, Map<Integer, Map<String, String>> volumes, int number) {
        for (Item item : items) {
            if (item instanceof Statement statement && SETTINGS.contains(item.name())) {
                volumes.computeIfAbsent(number, key -> new LinkedHashMap<>()).put(item.name(), statement.value());
            } else if (item instanceof Section section && item.name().equals("volume")) {
                String word = section.arguments().isEmpty()
                        ? ""
                        : section.arguments().get(0).text();
                if (!word.matches("\\d{1,5}")) {
                    throw new TextFormatException("a volume has no number");
                }
                collect(section.items(), volumes, Integer.parseInt(word));
            }
        }
    }

    private List<String> disks(Map<Integer, Map<String, String>> volumes) {
        Set<String> disks = new LinkedHashSet<>();
        volumes.values()
                .forEach(volume -> volume.forEach((word, value) -> {
                    String path = value.split(" ", 2)[0];
                    if (!word.equals("device") && path.startsWith("/")) {
                        if (!realPaths.containsKey(path)) {
                            throw new TextFormatException("the resolved path of a disk is missing");
                        }
                        disks.addAll(realPaths.get(path));
                    }
                }));
        return List.copyOf(disks);
    }

    // meta-disk /dev/sdd [ 0 ], or flexible, without an index
    private List<Slot> slots(Map<Integer, Map<String, String>> volumes) {
        List<Slot> slots = new ArrayList<>();
        for (Map<String, String> volume : volumes.values()) {
            Matcher slot = SLOT.matcher(volume.getOrDefault("meta-disk", ""));
            if (slot.matches()) {
                realPaths
                        .getOrDefault(slot.group(1), List.of())
                        .forEach(name -> slots.add(new Slot(name, Integer.parseInt(slot.group(2)))));
            }
        }
        return slots;
    }

    private static Device device(
            String resource, String value, EffectiveOptions options, List<String> disks, List<Slot> slots) {
        DeviceSetting setting = DeviceSetting.parse(value == null ? "" : value);
        return new Device(
                resource,
                setting.path(),
                setting.minor(),
                options.values("allow-two-primaries").stream().anyMatch(allowed -> !allowed.equals("no")),
                options.value("become-primary-on").isPresent(),
                options.lossMillis(),
                disks,
                slots);
    }

    private static List<Section> sections(List<Item> items) {
        return items.stream()
                .filter(Section.class::isInstance)
                .map(Section.class::cast)
                .toList();
    }
}
