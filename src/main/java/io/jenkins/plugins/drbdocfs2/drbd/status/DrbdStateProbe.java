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
 * What all resources of a node do, from what its generation of DRBD can tell: {@code drbdsetup events2} of 8.4.6 and newer;
 * {@code /proc/drbd} of 8.3 and older 8.4, and of newer 8.4 how far a synchronisation is, which its events do not report;
 * {@code drbdsetup status --json} of 9 where that knows more than the events of an older drbd-utils.
 */
public final class DrbdStateProbe {
    /** The shell that prints the state. */
    public static final String SCRIPT = ShellFile.read(DrbdStateProbe.class, "state.sh");

    private DrbdStateProbe() {}

    /** Reads the answer; empty if DRBD does not answer sensibly. */
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

    // A device that belongs to no resource of the node's files could be anybody's, so nothing is known then.
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
        long told = resources.values().stream()
                .mapToLong(resource -> resource.volumes().size())
                .sum();
        boolean all = told == proc.devices().size();
        return all ? Optional.of(new DrbdState(resources)) : Optional.empty();
    }

    private static DrbdState completed(DrbdState events, ProcDrbd proc) {
        Map<String, ResourceState> resources = new LinkedHashMap<>();
        events.resources()
                .forEach((name, resource) -> resources.put(name, resource.changePeers((peer, volume) -> {
                    DeviceState device = resource.volumes().get(volume.volume());
                    ProcDrbd.Device told =
                            device == null ? null : proc.devices().get(device.minor());
                    return told == null ? volume : volume.with(told.progress());
                })));
        return new DrbdState(resources);
    }

    // What does not know more is not missed: an older drbd-utils may print what is no JSON.
    private static DrbdState completed(DrbdState events, String json) {
        DrbdState told;
        try {
            told = StatusJson.parse(json);
        } catch (TextFormatException e) {
            return events;
        }
        Map<String, ResourceState> resources = new LinkedHashMap<>();
        events.resources()
                .forEach((name, resource) -> resources.put(name, resource.changePeers((peer, volume) -> {
                    ResourceState other = told.resource(name);
                    ConnectionStatus same =
                            other == null ? null : other.connections().get(peer.peer());
                    PeerDeviceState more = same == null ? null : same.volumes().get(volume.volume());
                    return more == null ? volume : volume.with(more.progress());
                })));
        return new DrbdState(resources);
    }

    /** By resource, the minor of each volume; a file without sections 'volume' has the volume 0. */
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

    /** The parts whose commands succeeded, by name; text without any such line is the events. */
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
