package io.jenkins.plugins.drbdocfs2.drbd.status;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.drbdocfs2.check.JsonText;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState.Progress;
import io.jenkins.plugins.drbdocfs2.facts.Reported;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Parses {@code drbdsetup status --json}, which only DRBD 9 has. Its sizes are in KiB. */
public final class StatusJson {
    /** Older versions print a bare nan for an unknown estimate, which is not valid JSON. */
    private static final Pattern NAN =
            Pattern.compile("(\":\\s*)-?(?:nan|inf)(?=\\s*[,}\\]])", Pattern.CASE_INSENSITIVE);

    /** The value that DRBD prints for an unknown estimate; drbdsetup.c. */
    private static final long UNKNOWN_SECONDS = 987_654_321;

    private StatusJson() {}

    /**
     * Parses the output.
     *
     * @throws TextFormatException if it is not a complete JSON array
     */
    public static DrbdState parse(String output) {
        Map<String, ResourceState> resources = new LinkedHashMap<>();
        try {
            JsonArray array = JsonParser.array()
                    .from(NAN.matcher(JsonText.bounded(output)).replaceAll("$1null"));
            for (JsonObject resource : objects(array)) {
                String name = text(resource, "name");
                resources.put(name, resource(name, resource));
            }
        } catch (JsonParserException e) {
            throw new TextFormatException("drbdsetup status --json did not print whole JSON: " + e.getMessage());
        }
        return new DrbdState(resources);
    }

    private static ResourceState resource(String name, JsonObject resource) {
        Map<Integer, DeviceState> volumes = new TreeMap<>();
        for (JsonObject device : objects(resource.getArray("devices"))) {
            volumes.put(number(device, "volume"), device(device));
        }
        Map<String, ConnectionStatus> connections = new LinkedHashMap<>();
        for (JsonObject connection : objects(resource.getArray("connections"))) {
            ConnectionStatus state = connection(connection);
            connections.put(state.peer(), state);
        }
        boolean running = resource.get("suspended") instanceof Boolean suspended && !suspended;
        return new ResourceState(name, Role.parse(resource.getString("role")), !running, volumes, connections);
    }

    private static DeviceState device(JsonObject device) {
        return new DeviceState(
                number(device, "volume"),
                number(device, "minor"),
                DiskState.parse(device.getString("disk-state")),
                backing(device),
                bool(device, "quorum"),
                kib(device, "size"),
                bool(device, "open"),
                bool(device, "client"));
    }

    private static String backing(JsonObject device) {
        String backing = device.getString("backing_dev", device.getString("backing-dev"));
        return "none".equals(backing) ? null : backing;
    }

    private static ConnectionStatus connection(JsonObject connection) {
        Map<Integer, PeerDeviceState> volumes = new TreeMap<>();
        for (JsonObject device : objects(connection.getArray("peer_devices"))) {
            volumes.put(number(device, "volume"), peerDevice(device));
        }
        String address = address(connection);
        String name = connection.getString("name");
        return new ConnectionStatus(
                name != null ? name : address != null ? address : Reported.NOTHING,
                address,
                ConnectionState.parse(connection.getString("connection-state")),
                Role.parse(connection.getString("peer-role")),
                volumes);
    }

    private static String address(JsonObject connection) {
        for (JsonObject path : objects(connection.getArray("paths"))) {
            JsonObject host = path.getObject("remote_host");
            if (host != null && host.has("address")) {
                String address = text(host, "address");
                return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + number(host, "port");
            }
        }
        return null;
    }

    private static PeerDeviceState peerDevice(JsonObject device) {
        Reported<ReplicationState> replication = ReplicationState.parse(device.getString("replication-state"));
        return new PeerDeviceState(
                number(device, "volume"),
                replication,
                DiskState.parse(device.getString("peer-disk-state")),
                !"no".equals(device.getString("resync-suspended")),
                kib(device, "out-of-sync"),
                Progress.of(done(device, replication), rate(device), seconds(device)),
                Boolean.TRUE.equals(bool(device, "peer-client")));
    }

    @CheckForNull
    private static Double rate(JsonObject device) {
        for (String key : List.of("db1/dt1 [MiB/s]", "db/dt [MiB/s]")) {
            if (device.get(key) instanceof Number number) {
                return number.doubleValue();
            }
        }
        return null;
    }

    @CheckForNull
    private static Long seconds(JsonObject device) {
        Long seconds = kib(device, "estimated-seconds-to-finish");
        return seconds == null || seconds >= UNKNOWN_SECONDS ? null : seconds;
    }

    private static Double done(JsonObject device, Reported<ReplicationState> replication) {
        for (String key : List.of("percent-resync-done", "done")) {
            if (device.get(key) instanceof Number number) {
                return number.doubleValue();
            }
        }
        boolean syncing = replication.state().isResync() && device.get("percent-in-sync") instanceof Number;
        return syncing ? Double.valueOf(device.getDouble("percent-in-sync")) : null;
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array == null
                ? List.of()
                : array.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList();
    }

    private static String text(JsonObject object, String key) {
        return object.getString(key, Reported.NOTHING);
    }

    private static int number(JsonObject object, String key) {
        return object.getInt(key, -1);
    }

    @CheckForNull
    private static Boolean bool(JsonObject object, String key) {
        return object.get(key) instanceof Boolean value ? value : null;
    }

    private static Long kib(JsonObject object, String key) {
        return object.get(key) instanceof Number number ? Long.valueOf(number.longValue()) : null;
    }
}
