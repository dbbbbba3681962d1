package io.jenkins.plugins.drbdocfs2.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results such as steps give, for reports to be made of. */
final class SampleResults {
    private static final long MIB = 1 << 20;
    private static final String RES =
            """
            resource "r0" {
                protocol C;
                net {
                    allow-two-primaries yes;
                    after-sb-0pri discard-zero-changes;
                    after-sb-1pri discard-secondary;
                }
                on "sv1" {
                    device /dev/drbd0;
                    disk /dev/data/r0;
                    address 192.168.0.1:7789;
                    meta-disk internal;
                }
                on "sv2" {
                    device /dev/drbd0;
                    disk /dev/data/r0;
                    address 192.168.0.2:7789;
                    meta-disk internal;
                }
            }
            """;

    private SampleResults() {}

    /** A map of names and values in turn. */
    static Map<String, Object> map(Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put(String.valueOf(entries[i]), entries[i + 1]);
        }
        return map;
    }

    static Map<String, Object> command(String line, int exitCode, String stdout, String stderr, long millis) {
        return map("command", line, "exitCode", exitCode, "stdout", stdout, "stderr", stderr, "durationMillis", millis);
    }

    /** The facts of a resource that is up. */
    static Map<String, Object> drbd(String role, String disk, String connection, String replication, long kib) {
        return map(
                "configured", true,
                "up", true,
                "role", role,
                "disk", disk,
                "suspended", false,
                "connection", connection,
                "peerRole", role,
                "peerDisk", disk,
                "replication", replication,
                "outOfSyncKib", kib);
    }

    /** What a step says of a node. */
    @SafeVarargs
    static Map<String, Object> node(boolean changed, Map<String, Object> facts, Map<String, Object>... commands) {
        Map<String, Object> node = map("changed", changed);
        node.putAll(facts);
        List<Object> list = new ArrayList<>();
        for (Map<String, Object> command : commands) {
            list.add(command);
        }
        node.put("commands", list);
        return node;
    }

    /** A result; the nodes are names and what is said of them in turn. */
    static Map<String, Object> step(String name, Map<String, Object> subject, long millis, Object... nodes) {
        Map<String, Object> byNode = map(nodes);
        Map<String, Object> result = map("step", name);
        result.putAll(subject);
        result.put(
                "changed",
                byNode.values().stream()
                        .anyMatch(node -> Tree.isTrue(Tree.map(node).get("changed"))));
        result.put("dryRun", false);
        result.put("durationMillis", millis);
        result.put("nodes", byNode);
        return result;
    }

    /** A build that made a dual-primary cluster of two nodes. */
    static List<Map<String, Object>> dualPrimary() {
        List<Map<String, Object>> steps = new ArrayList<>(beginning());
        steps.add(step(
                "drbdWaitSync",
                map("resource", "r0"),
                83_412,
                "sv1",
                node(
                        false,
                        drbd("Primary", "UpToDate", "Connected", "Established", 0),
                        command("drbdsetup events2 --statistics r0", 0, "", "", 83_100)),
                "sv2",
                node(false, drbd("Secondary", "UpToDate", "Connected", "Established", 0))));
        steps.add(step(
                "drbdPromote",
                map("resource", "r0", "node", "sv2"),
                640,
                "sv1",
                node(false, drbd("Primary", "UpToDate", "Connected", "Established", 0)),
                "sv2",
                node(
                        true,
                        drbd("Primary", "UpToDate", "Connected", "Established", 0),
                        command("drbdadm primary r0", 0, "", "", 96))));
        steps.add(step(
                "drbdStatus",
                map(),
                212,
                "sv1",
                node(
                        false,
                        map(
                                "drbdUtils",
                                "9.22.0",
                                "drbdModule",
                                "8.4.11",
                                "resources",
                                map("r0", drbd("Primary", "UpToDate", "Connected", "Established", 0)))),
                "sv2",
                node(
                        false,
                        map(
                                "drbdUtils",
                                "9.22.0",
                                "drbdModule",
                                "8.4.11",
                                "resources",
                                map("r0", drbd("Primary", "UpToDate", "Connected", "Established", 0))))));
        Map<String, Object> o2cb = map(
                "online",
                true,
                "cluster",
                "web",
                "clusterNodes",
                map("sv1", 0, "sv2", 1),
                "heartbeatThreshold",
                31,
                "idleTimeoutMillis",
                30000,
                "keepaliveDelayMillis",
                2000);
        Map<String, Object> first = node(
                true,
                o2cb,
                command("o2cb register-cluster web", 0, "", "", 210),
                command(
                        "systemctl enable --now o2cb",
                        0,
                        "",
                        "Created symlink /etc/systemd/system/multi-user.target.wants/o2cb.service → /lib/systemd/system/o2cb.service.\n",
                        1400));
        first.put(
                "files",
                List.of(
                        map(
                                "path",
                                "/etc/ocfs2/cluster.conf",
                                "diff",
                                Diff.unified(
                                        "/etc/ocfs2/cluster.conf",
                                        null,
                                        "cluster:\n\tnode_count = 2\n\tname = web\n\nnode:\n\tip_port = 7777\n\tip_address = 192.168.0.1\n\tnumber = 0\n\tname = sv1\n\tcluster = web\n"))));
        steps.add(step(
                "ocfs2ConfigureCluster",
                map("name", "web"),
                3_918,
                "sv1",
                first,
                "sv2",
                node(true, o2cb, command("o2cb register-cluster web", 0, "", "", 190))));
        Map<String, Object> volume = map(
                "label",
                "shared",
                "uuid",
                "0e4a7f0c-93a1-4a0e-b5b5-0f3f8f3a7b11",
                "cluster",
                "web",
                "nodeSlots",
                2,
                "blockSize",
                4096,
                "clusterSize",
                4096,
                "journalSize",
                67108864);
        steps.add(step(
                "ocfs2Format",
                map("device", "/dev/drbd0", "label", "shared"),
                6_051,
                "sv1",
                node(
                        true,
                        volume,
                        command(
                                "mkfs.ocfs2 -L shared -N 2 --cluster-stack=o2cb --cluster-name=web /dev/drbd0",
                                0,
                                "mkfs.ocfs2 1.8.7\nCluster stack: o2cb\nCluster name: web\nLabel: shared\nBlock size: 4096 (12 bits)\nWriting superblock: done\nFormatting Journals: \rdone\nmkfs.ocfs2 successful\n",
                                "",
                                5_720)),
                "sv2",
                node(false, volume)));
        Map<String, Object> mounted = map("mounted", true, "fstab", "/dev/drbd0 /srv/shared ocfs2 _netdev,noatime 0 0");
        steps.add(step(
                "clusterMount",
                map("device", "/dev/drbd0", "mountPoint", "/srv/shared", "type", "ocfs2"),
                2_300,
                "sv1",
                node(true, mounted, command("mount /srv/shared", 0, "", "", 810)),
                "sv2",
                node(true, mounted, command("mount /srv/shared", 0, "", "", 940))));
        Map<String, Object> sharing = step(
                "ocfs2VerifySharing",
                map("mountPoint", "/srv/shared", "type", "ocfs2"),
                4_711,
                "sv1",
                node(
                        false,
                        map("written", 20, "read", 20, "latencyMillis", map("median", 3.1, "worst", 18.4)),
                        command("sh -s", 0, "ok 20\n", "", 2_100)),
                "sv2",
                node(
                        false,
                        map("written", 20, "read", 20, "latencyMillis", map("median", 3.4, "worst", 21.9)),
                        command("sh -s", 0, "ok 20\n", "", 2_140)));
        sharing.put("notes", List.of("Both nodes wrote at the same time for 20 rounds."));
        steps.add(sharing);
        return steps;
    }

    private static List<Map<String, Object>> beginning() {
        Map<String, Object> reached = map(
                "kernel",
                "6.1.0-37-amd64",
                "clockOffsetMillis",
                4,
                "sudo",
                true,
                "tools",
                List.of("drbdadm", "mkfs.ocfs2", "lvs"));
        Map<String, Object> check =
                step("clusterCheck", map(), 1_120, "sv1", node(false, reached), "sv2", node(false, reached));
        check.put("notes", List.of("sv2: the clock is 4 ms ahead of sv1's."));
        String apt =
                "Reading package lists...\nBuilding dependency tree...\nThe following NEW packages will be installed:\n  drbd-utils\nSetting up drbd-utils (9.22.0-1) ...\n";
        Map<String, Object> installed = map(
                "drbdUtils",
                "9.22.0",
                "drbdModule",
                "8.4.11",
                "kernel",
                "6.1.0-37-amd64",
                "packages",
                map("drbd-utils", "9.22.0-1"));
        Map<String, Object> created = node(
                true,
                drbd("Secondary", "Inconsistent", "Connected", "Established", 1048540),
                command("drbdadm --config-to-test /etc/drbd.d/.r0.res.new sh-nop", 0, "", "", 31),
                command("write /etc/drbd.d/r0.res", 0, "", "", 40),
                command(
                        "drbdadm create-md r0/0",
                        0,
                        "initializing activity log\ninitializing bitmap (32 KB) to all zero\nWriting meta data...\nNew drbd meta data block successfully created.\n",
                        "",
                        400),
                command("drbdadm up r0", 0, "", "", 220));
        created.put(
                "files",
                List.of(map("path", "/etc/drbd.d/r0.res", "diff", Diff.unified("/etc/drbd.d/r0.res", null, RES))));
        Map<String, Object> edited = node(
                true,
                drbd("Secondary", "Inconsistent", "Connected", "Established", 1048540),
                command("drbdadm adjust r0", 0, "", "", 180));
        edited.put(
                "files",
                List.of(map(
                        "path",
                        "/etc/drbd.d/r0.res",
                        "diff",
                        Diff.unified(
                                "/etc/drbd.d/r0.res",
                                RES.replace("protocol C", "protocol A").replace("7789", "7790"),
                                RES))));
        Map<String, Object> volume =
                map("path", "/dev/data/r0", "bytes", MIB * 1024, "group", "data", "groupFreeBytes", MIB * 3068);
        return List.of(
                check,
                step(
                        "drbdInstall",
                        map(),
                        21_400,
                        "sv1",
                        node(true, installed, command("apt-get install -y drbd-utils", 0, apt, "", 19_800)),
                        "sv2",
                        node(false, installed)),
                step(
                        "lvmCreateVolume",
                        map("group", "data", "name", "r0", "size", "1G"),
                        1_302,
                        "sv1",
                        node(
                                true,
                                volume,
                                command(
                                        "lvcreate --yes --wipesignatures n -n r0 -L 1073741824B data",
                                        0,
                                        "  Logical volume \"r0\" created.\n",
                                        "  WARNING: Failed to connect to lvmetad. Falling back to device scanning.\n",
                                        310)),
                        "sv2",
                        node(
                                true,
                                volume,
                                command(
                                        "lvcreate --yes --wipesignatures n -n r0 -L 1073741824B data",
                                        0,
                                        "  Logical volume \"r0\" created.\n",
                                        "",
                                        290))),
                step("drbdCreateResource", map("resource", "r0"), 4_206, "sv1", created, "sv2", edited),
                step(
                        "drbdPromote",
                        map("resource", "r0", "node", "sv1"),
                        812,
                        "sv1",
                        node(
                                true,
                                drbd("Primary", "UpToDate", "Connected", "SyncSource", 917504),
                                command("drbdadm primary --force r0", 0, "", "", 120)),
                        "sv2",
                        node(false, drbd("Secondary", "Inconsistent", "Connected", "SyncTarget", 917504))));
    }

    /** A build whose last step failed in the middle of the first synchronisation. */
    static List<Map<String, Object>> failed() {
        List<Map<String, Object>> steps = new ArrayList<>(beginning());
        Map<String, Object> wait = step(
                "drbdWaitSync",
                map("resource", "r0"),
                14_902,
                "sv1",
                node(
                        false,
                        drbd("Primary", "UpToDate", "Connecting", "Off", 612352),
                        command(
                                "drbdsetup events2 --statistics r0",
                                0,
                                "exists resource name:r0 role:Primary\nchange connection name:r0 connection:NetworkFailure\n",
                                "",
                                14_000)),
                "sv2",
                node(
                        false,
                        drbd("Secondary", "Inconsistent", "Connected", "SyncTarget", 612352),
                        command(
                                "drbdsetup events2 --statistics r0",
                                20,
                                "",
                                "Could not connect to 'drbd' generic netlink family\n",
                                9_100)));
        wait.put(
                "error",
                "drbdWaitSync r0: on sv2, the connection was lost while 'r0' was Inconsistent (58 % done).\nBring sv2 up again and run the build again: it goes on from there.");
        steps.add(wait);
        return steps;
    }

    /** A dry run on nodes that have nothing yet. */
    static List<Map<String, Object>> dryRun() {
        List<Map<String, Object>> steps = new ArrayList<>();
        for (Map<String, Object> step : beginning()) {
            Map<String, Object> nodes = new LinkedHashMap<>();
            Tree.map(step.get("nodes")).forEach((name, value) -> {
                Map<String, Object> node = Tree.map(value);
                List<Object> planned = new ArrayList<>();
                Tree.list(node.put("commands", List.of()))
                        .forEach(command -> planned.add(Tree.map(command).get("command")));
                node.put("planned", planned);
                nodes.put(name, node);
            });
            step.put("nodes", nodes);
            step.put("dryRun", true);
            steps.add(step);
        }
        return steps;
    }

    /** Three nodes, two resources, one node cut off. */
    static List<Map<String, Object>> threeNodes() {
        return List.of(
                step(
                        "drbdStatus",
                        map("resource", "r0"),
                        310,
                        "sv1",
                        node(false, drbd("Primary", "UpToDate", "Connecting", "Off", 40960)),
                        "sv2",
                        node(false, drbd("Secondary", "UpToDate", "Connecting", "Off", 40960)),
                        "sv3",
                        node(false, drbd("Secondary", "Outdated", "StandAlone", "Off", 40960))),
                step(
                        "drbdStatus",
                        map("resource", "mail"),
                        290,
                        "sv1",
                        node(false, drbd("Secondary", "UpToDate", "Connected", "Established", 0)),
                        "sv2",
                        node(false, map("configured", true, "up", false)),
                        "sv3",
                        node(false, drbd("Primary", "UpToDate", "Connected", "Established", 0))),
                step(
                        "clusterMount",
                        map("device", "/dev/drbd1", "mountPoint", "/var/mail", "type", "xfs"),
                        900,
                        "sv3",
                        node(true, map("mounted", true), command("mount /var/mail", 0, "", "", 300))));
    }
}
