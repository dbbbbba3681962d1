package io.jenkins.plugins.drbdocfs2.drbd.status;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdVersion;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The state of all resources of a node, as its generation of DRBD reports it: {@code drbdsetup events2} for 8.4.6 and
 * newer; {@code /proc/drbd} for 8.3 and older 8.4, and for the progress of a synchronisation with newer 8.4, which is not
 * in its events; {@code drbdsetup status --json} of 9 where it has more than the events of an older drbd-utils.
 */
public final class DrbdStateProbe {
    /** The shell that prints the state. */
    public static final String SCRIPT = ShellFile.read(DrbdStateProbe.class, "state.sh");

    private DrbdStateProbe() {}

    /** Parses the answer; empty if DRBD gives no valid answer. */
    public static Optional<DrbdState> parse(Reading reading) {
        if (reading.exitCode() == 3) {
            return Optional.of(DrbdState.NONE);
        }
        try {
            return reading.ok() ? state(parts(reading.text())).filter(DrbdState::isWhole) : Optional.empty();
        } catch (TextFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<DrbdState> state(Map<String, String> parts) {
        ProcDrbd proc = ProcDrbd.parse(parts.getOrDefault("proc", ""));
        if (!parts.containsKey("events2")) {
            return withoutEvents(parts, proc);
        }
        if (parts.get("events2").isBlank()) {
            return Optional.empty();
        }
        DrbdState events = Events2.parse(parts.get("events2"));
        return Optional.of(parts.containsKey("json") ? completed(events, parts.get("json")) : completed(events, proc));
    }

    // A device outside the resources of the node's files could belong to anything, so the state is unknown then.
    private static Optional<DrbdState> withoutEvents(Map<String, String> parts, ProcDrbd proc) {
        if (parts.containsKey("json")) {
            return Optional.of(StatusJson.parse(parts.get("json")));
        }
        if (proc.version() == null || DrbdVersion.hasEvents(proc.version()) || !proc.whole()) {
            return Optional.empty();
        }
        Map<String, ResourceState> resources = new LinkedHashMap<>();
        minors(parts.getOrDefault("minors", "")).forEach((name, minors) -> {
            ResourceState state = proc.resource(name, minors);
            if (state != null) {
                resources.put(name, state);
            }
        });
        long count = resources.values().stream()
                .mapToLong(resource -> resource.volumes().size())
                .sum();
        boolean all = count == proc.devices().size();
        return all ? Optional.of(new DrbdState(resources)) : Optional.empty();
    }

    private static DrbdState completed(DrbdState events, ProcDrbd proc) {
        Map<String, ResourceState> resources = new LinkedHashMap<>();
        events.resources()
                .forEach((name, resource) -> resources.put(name, resource.changePeers((peer, volume) -> {
                    DeviceState device = resource.volumes().get(volume.volume());
                    ProcDrbd.Device found =
                            device == null ? null : proc.devices().get(device.minor());
                    return found == null ? volume : volume.with(found.progress());
                })));
        return new DrbdState(resources);
    }

    // Optional data: an older drbd-utils may print invalid JSON.
    private static DrbdState completed(DrbdState events, String json) {
        DrbdState status;
        try {
            status = StatusJson.parse(json);
        } catch (TextFormatException e) {
            return events;
        }
        Map<String, ResourceState> resources = new LinkedHashMap<>();
        events.resources()
                .forEach((name, resource) -> resources.put(name, resource.changePeers((peer, volume) -> {
                    ResourceState other = status.resource(name);
                    ConnectionStatus same =
                            other == null ? null : other.connections().get(peer.peer());
                    PeerDeviceState more = same == null ? null : same.volumes().get(volume.volume());
                    return more == null ? volume : volume.with(more.progress());
                })));
        return new DrbdState(resources);
    }

    /** The minor number of each volume, by resource; a file without sections 'volume' has the volume 0. */
    private static Map<String, Map<Integer, Integer>> minors(String text) {
        Map<String, Map<Integer, Integer>> minors = new LinkedHashMap<>();
        String resource = "";
        int volume = 0;
        for (String line : text.split("\n")) {
            String[] words = line.split(" ");
            if (words.length != 3 || !words[2].matches("\\d{1,7}")) {
                continue;
            }
            volume = words[0].equals(resource) ? volume : 0;
            resource = words[0];
            int number = Integer.parseInt(words[2]);
            if (words[1].equals("volume")) {
                volume = number;
            } else {
                minors.computeIfAbsent(resource, name -> new TreeMap<>()).putIfAbsent(volume, number);
            }
        }
        return minors;
    }

    /** The output of the successful commands, by name; text without such a line is the events. */
    private static Map<String, String> parts(String text) {
        Map<String, String> parts = new LinkedHashMap<>();
        StringBuilder part = new StringBuilder();
        boolean named = false;
        for (String line : text.split("(?<=\n)")) {
            String[] words = line.strip().split(" ");
            if (words.length == 3 && words[0].equals("=")) {
                named = true;
                if (words[2].equals("0")) {
                    parts.put(words[1], part.toString());
                }
                part.setLength(0);
            } else {
                part.append(line);
            }
        }
        if (!named) {
            parts.put("events2", text);
        }
        return parts;
    }
}
