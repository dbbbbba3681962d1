package io.jenkins.plugins.drbdocfs2.drbd.status;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState.Progress;
import io.jenkins.plugins.drbdocfs2.facts.Reported;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The objects of events2, updated event by event. */
final class Events2Objects {
    /** The keys that are kept of an object. */
    static final Set<String> KEYS = Set.of(
            "name",
            "new_name",
            "role",
            "suspended",
            "volume",
            "minor",
            "disk",
            "backing_dev",
            "quorum",
            "client",
            "size",
            "open",
            "conn-name",
            "peer",
            "peer-node-id",
            "connection",
            "established",
            "replication",
            "peer-disk",
            "peer-client",
            "resync-suspended",
            "done",
            "dbdt",
            "dbdt1",
            "eta",
            "received",
            "out-of-sync");

    private static final int MAX_OBJECTS = 50_000;

    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private int objects;

    /** Identifies the object of a line. */
    static String id(String object, Map<String, String> keys) {
        return String.join(
                " ", object, keys.getOrDefault("name", ""), Connection.key(keys), keys.getOrDefault("volume", ""));
    }

    void apply(String action, String object, Map<String, String> keys) {
        String name = keys.get("name");
        if (name == null) {
            return;
        }
        switch (action) {
            case "exists", "create", "change" -> set(object, name, keys);
            case "destroy" -> destroy(object, name, keys);
            case "rename" -> rename(name, keys.get("new_name"));
            default -> {}
        }
    }

    /** Whether the object of an event is known, or is of a kind that is not tracked. */
    boolean knows(String object, Map<String, String> keys) {
        Resource resource = resources.get(keys.getOrDefault("name", ""));
        Connection connection = resource == null ? null : resource.connections.get(Connection.key(keys));
        int volume = number(keys.get("volume"));
        return switch (object) {
            case "resource" -> resource != null;
            case "device" -> resource != null && resource.devices.containsKey(volume);
            case "connection" -> connection != null;
            case "peer-device" -> connection != null && connection.peerDevices.containsKey(volume);
            default -> true;
        };
    }

    DrbdState state() {
        Map<String, ResourceState> states = new LinkedHashMap<>();
        resources.forEach((name, resource) -> states.put(name, resource.state(name)));
        return new DrbdState(states);
    }

    private void set(String object, String name, Map<String, String> keys) {
        switch (object) {
            case "resource" -> resource(name).keys.putAll(keys);
            case "device" -> resource(name).device(keys).putAll(keys);
            case "connection" -> resource(name).connection(keys).keys.putAll(keys);
            case "peer-device" -> resource(name).connection(keys).peerDevice(keys);
            case "path" -> resource(name).connection(keys).path(keys);
            default -> {}
        }
    }

    private void destroy(String object, String name, Map<String, String> keys) {
        Resource resource = resources.get(name);
        if (resource == null) {
            return;
        }
        Connection connection = resource.connections.get(Connection.key(keys));
        switch (object) {
            case "resource" -> resources.remove(name);
            case "device" -> resource.devices.remove(number(keys.get("volume")));
            case "connection" -> resource.connections.remove(Connection.key(keys));
            case "peer-device" -> {
                if (connection != null) {
                    connection.peerDevices.remove(number(keys.get("volume")));
                }
            }
            default -> {}
        }
    }

    private void rename(String name, String newName) {
        if (newName != null && resources.containsKey(name)) {
            resources.put(newName, resources.remove(name));
        }
    }

    private Resource resource(String name) {
        return resources.computeIfAbsent(name, key -> counted(new Resource()));
    }

    private <T> T counted(T object) {
        if (++objects > MAX_OBJECTS) {
            throw new TextFormatException("drbdsetup events2 reports more than " + MAX_OBJECTS + " objects");
        }
        return object;
    }

    static int number(String text) {
        Long number = longNumber(text);
        return number == null || number > Integer.MAX_VALUE ? -1 : number.intValue();
    }

    static Long longNumber(String text) {
        try {
            return text == null || !text.matches("\\d{1,18}") ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private final class Resource {
        private final Map<String, String> keys = new LinkedHashMap<>();
        private final Map<Integer, Map<String, String>> devices = new TreeMap<>();
        private final Map<String, Connection> connections = new LinkedHashMap<>();

        Map<String, String> device(Map<String, String> event) {
            return devices.computeIfAbsent(number(event.get("volume")), key -> counted(new LinkedHashMap<>()));
        }

        Connection connection(Map<String, String> event) {
            return connections.computeIfAbsent(Connection.key(event), key -> counted(new Connection()));
        }

        ResourceState state(String name) {
            Map<Integer, DeviceState> volumes = new TreeMap<>();
            devices.forEach((volume, device) -> volumes.put(volume, device(volume, device)));
            Map<String, ConnectionStatus> peers = new LinkedHashMap<>();
            connections.forEach((peer, connection) -> peers.put(peer, connection.state(peer)));
            Reported<Role> role = Role.parse(keys.get("role"));
            return new ResourceState(name, role, !"no".equals(keys.get("suspended")), volumes, peers);
        }

        private static DeviceState device(int volume, Map<String, String> keys) {
            String backing = keys.get("backing_dev");
            return new DeviceState(
                    volume,
                    number(keys.get("minor")),
                    DiskState.parse(keys.get("disk")),
                    "none".equals(backing) ? null : backing,
                    yesNo(keys.get("quorum")),
                    longNumber(keys.get("size")),
                    yesNo(keys.get("open")),
                    yesNo(keys.get("client")));
        }

        @CheckForNull
        private static Boolean yesNo(String word) {
            return "yes".equals(word) ? Boolean.TRUE : "no".equals(word) ? Boolean.FALSE : null;
        }
    }

    private final class Connection {
        private final Map<String, String> keys = new LinkedHashMap<>();
        private final Map<Integer, Map<String, String>> peerDevices = new TreeMap<>();

        static String key(Map<String, String> event) {
            if (event.containsKey("conn-name")) {
                return event.get("conn-name");
            }
            String address = address(event.get("peer"));
            return address != null ? address : event.getOrDefault("peer-node-id", Reported.NOTHING);
        }

        void path(Map<String, String> event) {
            if (!keys.containsKey("peer") || "yes".equals(event.get("established"))) {
                keys.put("peer", event.getOrDefault("peer", ""));
            }
        }

        private static final List<String> PROGRESS = List.of("done", "dbdt", "dbdt1", "eta");

        /** A change reports only what changed, but omits {@code done} and {@code out-of-sync} if they are 0. */
        void peerDevice(Map<String, String> event) {
            Map<String, String> known =
                    peerDevices.computeIfAbsent(number(event.get("volume")), key -> counted(new LinkedHashMap<>()));
            if (event.containsKey("replication")) {
                PROGRESS.forEach(known::remove);
            }
            if (event.containsKey("received")) {
                known.put("out-of-sync", "0");
            }
            known.putAll(event);
        }

        ConnectionStatus state(String peer) {
            Map<Integer, PeerDeviceState> volumes = new TreeMap<>();
            peerDevices.forEach((volume, known) -> volumes.put(volume, peerDevice(volume, known)));
            return new ConnectionStatus(
                    peer,
                    address(keys.get("peer")),
                    ConnectionState.parse(keys.get("connection")),
                    Role.parse(keys.get("role")),
                    volumes);
        }

        private static PeerDeviceState peerDevice(int volume, Map<String, String> keys) {
            return new PeerDeviceState(
                    volume,
                    ReplicationState.parse(keys.get("replication")),
                    DiskState.parse(keys.get("peer-disk")),
                    !"no".equals(keys.get("resync-suspended")),
                    longNumber(keys.get("out-of-sync")),
                    Progress.of(
                            decimal(keys.get("done")),
                            decimal(keys.getOrDefault("dbdt1", keys.get("dbdt"))),
                            longNumber(keys.get("eta"))),
                    "yes".equals(keys.get("peer-client")));
        }

        @CheckForNull
        private static Double decimal(String text) {
            return text != null && text.matches("\\d{1,9}(\\.\\d{1,4})?") ? Double.valueOf(text) : null;
        }

        /** {@code ipv4:10.0.0.2:7789} without its family. */
        private static String address(String text) {
            if (text == null || text.isEmpty()) {
                return null;
            }
            return text.replaceFirst("^(ipv4|ipv6|sdp|ssocks):", "");
        }
    }
}
