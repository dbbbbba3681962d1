package io.jenkins.plugins.drbdocfs2.drbd.status;

import io.jenkins.plugins.drbdocfs2.drbd.config.ImmutableCopies;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState.Progress;
import io.jenkins.plugins.drbdocfs2.facts.Reported;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /proc/drbd} of DRBD 8.3 and 8.4; that of 9 lists no devices. It has minor numbers only, no resources.
 *
 * @param version the version of the kernel module, or null
 * @param devices by minor number, without unconfigured ones and those whose line is not understood
 * @param whole whether all lines of devices were understood
 */
public record ProcDrbd(String version, Map<Integer, Device> devices, boolean whole) implements Serializable {
    private static final Pattern VERSION = Pattern.compile("^version: (\\S+)", Pattern.MULTILINE);
    private static final Pattern DEVICE = Pattern.compile(
            "^ ?(0|[1-9]\\d{0,6}): cs:(\\w+) (?:ro|st):(\\w+)/(\\w+) ds:(\\w+)/(\\w+) ([ABC ]) ([a-z-]{4,7})\\s*$");
    private static final Pattern ANY_DEVICE = Pattern.compile("^ *+\\d++:.*");
    private static final Pattern UNCONFIGURED = Pattern.compile("^ ?\\d{1,7}: cs:Unconfigured\\s*");
    private static final Pattern OUT_OF_SYNC = Pattern.compile("\\boos:(\\d{1,18})");
    private static final Pattern DONE = Pattern.compile("(?:sync'ed|verified): *(\\d{1,3}\\.\\d)%");
    private static final Pattern FINISH = Pattern.compile("finish: (\\d{1,9}):(\\d\\d):(\\d\\d)");
    private static final Pattern SPEED = Pattern.compile("speed: ([\\d,]{1,15}) ");
    private static final Set<String> CONNECTING = Set.of("WFConnection", "WFReportParams");

    public ProcDrbd {
        devices = ImmutableCopies.of(devices);
    }

    /**
     * A device.
     *
     * @param minor its minor number
     * @param state the state of the connection and the replication in one, {@code cs:}, such as {@code SyncTarget}
     * @param role the role of this node
     * @param peerRole the role of the peer
     * @param disk the disk state of this node
     * @param peerDisk the disk state of the peer
     * @param suspended whether I/O is suspended
     * @param resyncSuspended whether the synchronisation is suspended
     * @param outOfSyncKib the KiB that differ; null if missing
     * @param donePercent the progress of a synchronisation or verify, or null
     * @param finishSeconds the remaining time as the kernel estimates it, or null
     * @param speedKibPerSecond its speed, or null
     */
    public record Device(
            int minor,
            String state,
            Reported<Role> role,
            Reported<Role> peerRole,
            Reported<DiskState> disk,
            Reported<DiskState> peerDisk,
            boolean suspended,
            boolean resyncSuspended,
            Long outOfSyncKib,
            Double donePercent,
            Long finishSeconds,
            Long speedKibPerSecond)
            implements Serializable {
        /** The state of the connection in the words of events2. */
        public Reported<ConnectionState> connection() {
            Reported<ConnectionState> parsed = ConnectionState.parse(state);
            return CONNECTING.contains(state)
                    ? Reported.of(ConnectionState.CONNECTING)
                    : parsed.is(ConnectionState.UNKNOWN) && parsed.isPresent()
                            ? Reported.of(ConnectionState.CONNECTED)
                            : parsed;
        }

        /** The state of the replication in the words of events2. */
        public Reported<ReplicationState> replication() {
            return switch (connection().state()) {
                case UNKNOWN -> ReplicationState.parse(null);
                case CONNECTED -> ConnectionState.parse(state).is(ConnectionState.CONNECTED)
                        ? Reported.of(ReplicationState.ESTABLISHED)
                        : ReplicationState.parse(state);
                default -> Reported.of(ReplicationState.OFF);
            };
        }

        /** The progress of a synchronisation or verify. */
        Progress progress() {
            return new Progress(donePercent, speedKibPerSecond, finishSeconds);
        }

        private Device with(String line) {
            Matcher finish = FINISH.matcher(line);
            boolean finishes = finish.find();
            String speed = find(SPEED, line);
            String oos = find(OUT_OF_SYNC, line);
            String done = find(DONE, line);
            return new Device(
                    minor,
                    state,
                    role,
                    peerRole,
                    disk,
                    peerDisk,
                    suspended,
                    resyncSuspended,
                    oos == null ? outOfSyncKib : Long.valueOf(oos),
                    done == null ? donePercent : Double.valueOf(done),
                    finishes ? Long.valueOf(seconds(finish)) : finishSeconds,
                    speed == null ? speedKibPerSecond : Long.valueOf(speed.replace(",", "")));
        }

        private static long seconds(Matcher time) {
            return Long.parseLong(time.group(1)) * 3600
                    + Long.parseLong(time.group(2)) * 60
                    + Long.parseLong(time.group(3));
        }
    }

    /** Parses the file. A last line without a line end was cut off and is ignored. */
    public static ProcDrbd parse(String text) {
        Map<Integer, Device> devices = new TreeMap<>();
        Integer minor = null;
        String lines = text.substring(0, text.lastIndexOf('\n') + 1);
        boolean whole = lines.length() == text.length();
        for (String line : lines.split("\n")) {
            Matcher device = DEVICE.matcher(line);
            if (device.matches()) {
                minor = Integer.valueOf(device.group(1));
                devices.put(minor, device(minor, device));
            } else if (ANY_DEVICE.matcher(line).matches()) {
                whole &= UNCONFIGURED.matcher(line).matches();
                minor = null;
            } else if (minor != null) {
                devices.put(minor, devices.get(minor).with(line));
            }
        }
        return new ProcDrbd(find(VERSION, lines), devices, whole);
    }

    /**
     * The state of a resource, from its devices. DRBD 8.3 and 8.4 have one peer, whose name is not in this file.
     *
     * @param minorByVolume the minor numbers in the configuration of the resource
     * @return null if none of them is configured in the kernel
     */
    public ResourceState resource(String name, Map<Integer, Integer> minorByVolume) {
        Map<Integer, DeviceState> volumes = new TreeMap<>();
        Map<Integer, PeerDeviceState> peers = new TreeMap<>();
        Device first = null;
        boolean suspended = false;
        for (Map.Entry<Integer, Integer> entry : minorByVolume.entrySet()) {
            Device device = devices.get(entry.getValue());
            if (device != null) {
                int volume = entry.getKey();
                volumes.put(volume, new DeviceState(volume, device.minor, device.disk, null, null, null, null));
                peers.put(
                        volume,
                        new PeerDeviceState(
                                volume,
                                device.replication(),
                                device.peerDisk,
                                device.resyncSuspended,
                                device.outOfSyncKib,
                                device.progress()));
                first = first == null ? device : first;
                suspended |= device.suspended;
            }
        }
        if (first == null) {
            return null;
        }
        ConnectionStatus peer = new ConnectionStatus("peer", null, first.connection(), first.peerRole, peers);
        return new ResourceState(name, first.role, suspended, volumes, Map.of("peer", peer));
    }

    private static Device device(int minor, Matcher line) {
        String flags = line.group(8);
        boolean paused = flags.length() > 1
                && flags.substring(1, Math.min(4, flags.length())).matches(".*[apu].*");
        return new Device(
                minor,
                line.group(2),
                Role.parse(line.group(3)),
                Role.parse(line.group(4)),
                DiskState.parse(line.group(5)),
                DiskState.parse(line.group(6)),
                flags.charAt(0) != 'r',
                paused,
                null,
                null,
                null,
                null);
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }
}
