package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Item;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Section;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Statement;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Disk;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Host;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Volume;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts the {@link ConfigText} of a file to a {@link Resource}. */
final class ResourceParser {
    private static final Set<String> VOLUME_WORDS = Set.of("device", "disk", "meta-disk", "flexible-meta-disk");
    private static final Pattern ADDRESS = Pattern.compile("(?:ipv4)?((?:\\d{1,3}\\.){3}\\d{1,3}):(\\d{1,5})");
    private static final Pattern ADDRESS6 = Pattern.compile("ipv6\\[([0-9A-Fa-f:.]+(?:%\\w+)?)\\]:(\\d{1,5})");

    /** The settings of a volume by name, at the level of the resource or of a host. */
    private static final class Level {
        private final Map<Integer, Map<String, String>> volumes = new TreeMap<>();
        private final Map<String, String> settings = new HashMap<>();

        Map<String, String> volume(int number) {
            return volumes.computeIfAbsent(number, key -> new HashMap<>());
        }
    }

    private final Level common = new Level();
    private final Map<String, Level> hosts = new LinkedHashMap<>();
    private final List<Item> options = new ArrayList<>();

    Resource parse(ConfigText text) {
        if (text.items().size() != 1
                || !(text.items().get(0) instanceof Section section)
                || !section.name().equals("resource")
                || section.arguments().size() != 1) {
            throw new TextFormatException("there must be one section 'resource NAME { ... }' and nothing else");
        }
        section.items().forEach(this::resourceItem);
        if (hosts.isEmpty()) {
            throw new TextFormatException("there is no section 'on NODE { ... }'");
        }
        ResourceOptions settings = options();
        return new Resource(
                section.arguments().get(0).text(),
                hosts(),
                volumes(),
                settings.protocol() == null ? "C" : settings.protocol(),
                Boolean.TRUE.equals(settings.dualPrimary()),
                settings.sections());
    }

    private ResourceOptions options() {
        try {
            return ResourceOptions.of(options);
        } catch (InvalidParameterException e) {
            throw new TextFormatException(e.getMessage());
        }
    }

    private void resourceItem(Item item) {
        if (item instanceof Section section && section.name().equals("on")) {
            if (section.arguments().size() != 1) {
                throw new TextFormatException("each section 'on' must name one node");
            }
            Level level = new Level();
            if (hosts.put(section.arguments().get(0).text(), level) != null) {
                throw new TextFormatException(
                        "the node " + Check.quoted(section.arguments().get(0).text()) + " is there twice");
            }
            section.items().forEach(inner -> setting(inner, level));
        } else if (isMesh(item)) {
            return;
        } else if (item instanceof Section section && !section.name().equals("volume")) {
            options.add(section);
        } else if (item.name().equals("protocol")) {
            options.add(item);
        } else {
            setting(item, common);
        }
    }

    /** Whether this is a mesh without options, which the renderer adds by itself. */
    private static boolean isMesh(Item item) {
        return item instanceof Section section
                && section.name().equals("connection-mesh")
                && section.items().stream().allMatch(inner -> inner.name().equals("hosts"));
    }

    private static void setting(Item item, Level level) {
        if (item instanceof Statement statement && VOLUME_WORDS.contains(item.name())) {
            volumeSetting(statement, level.volume(0));
        } else if (item instanceof Statement statement
                && Set.of("address", "node-id").contains(item.name())) {
            level.settings.put(item.name(), statement.value().replace(" ", ""));
        } else if (item instanceof Section section
                && item.name().equals("volume")
                && section.arguments().size() == 1
                && section.arguments().get(0).text().matches("\\d{1,5}")) {
            Map<String, String> volume =
                    level.volume(Integer.parseInt(section.arguments().get(0).text()));
            for (Item inner : section.items()) {
                if (!(inner instanceof Statement statement) || !VOLUME_WORDS.contains(inner.name())) {
                    throw new TextFormatException(Check.quoted(inner.name()) + " in a volume is not supported");
                }
                volumeSetting(statement, volume);
            }
        } else {
            throw new TextFormatException(Check.quoted(item.name()) + " is not supported there");
        }
    }

    private static void volumeSetting(Statement statement, Map<String, String> volume) {
        String word = statement.name().equals("flexible-meta-disk") ? "meta-disk" : statement.name();
        volume.put(word, statement.value());
    }

    private List<Host> hosts() {
        List<Host> list = new ArrayList<>();
        hosts.forEach((node, level) -> {
            String address = level.settings.getOrDefault("address", "");
            Matcher v4 = ADDRESS.matcher(address);
            Matcher v6 = ADDRESS6.matcher(address);
            Matcher match = v4.matches() ? v4 : v6.matches() ? v6 : null;
            String id = level.settings.getOrDefault("node-id", String.valueOf(list.size()));
            if (match == null || !id.matches("\\d{1,3}")) {
                throw new TextFormatException(
                        "the node " + Check.quoted(node) + " has no address of the form 10.0.0.1:7789 or"
                                + " ipv6 [fd00::1]:7789, or a node-id that is not a number");
            }
            list.add(new Host(node, match.group(1), Integer.parseInt(match.group(2)), Integer.parseInt(id)));
        });
        return list;
    }

    private List<Volume> volumes() {
        Set<Integer> numbers = new TreeSet<>(common.volumes.keySet());
        hosts.values().forEach(level -> numbers.addAll(level.volumes.keySet()));
        if (numbers.isEmpty()) {
            throw new TextFormatException("there is no volume: neither device nor disk is given");
        }
        return numbers.stream().map(this::volume).toList();
    }

    private Volume volume(int number) {
        Map<String, Disk> disks = new LinkedHashMap<>();
        String device = null;
        for (Map.Entry<String, Level> host : hosts.entrySet()) {
            Map<String, String> settings = new HashMap<>(common.volumes.getOrDefault(number, Map.of()));
            settings.putAll(host.getValue().volumes.getOrDefault(number, Map.of()));
            String hostDevice = settings.get("device");
            String place = "volume " + number + " on the node " + Check.quoted(host.getKey());
            if (hostDevice == null || settings.get("disk") == null) {
                throw new TextFormatException(place + " has no device or no disk");
            }
            if (device != null && !device.equals(hostDevice)) {
                throw new TextFormatException(place + " has another device than on the nodes before; not supported");
            }
            device = hostDevice;
            if (!settings.get("disk").equals("none")) {
                disks.put(host.getKey(), disk(settings, place));
            }
        }
        DeviceSetting setting = DeviceSetting.parse(device);
        return new Volume(number, setting.path(), setting.minor(), disks);
    }

    private static Disk disk(Map<String, String> settings, String place) {
        try {
            return new Disk(settings.get("disk"), MetaDisk.parse(settings.getOrDefault("meta-disk", "internal")));
        } catch (InvalidParameterException e) {
            throw new TextFormatException(place + ": " + e.getMessage());
        }
    }
}
