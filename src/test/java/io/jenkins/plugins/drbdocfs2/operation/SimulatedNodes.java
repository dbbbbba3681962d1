package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText;
import io.jenkins.plugins.drbdocfs2.engine.DryRunState;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeIdentity;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.VolumeSpec;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Simulated nodes: they answer each probe with a text, which is found by the beginning of the probe's key. In these
 * texts {@code %NODE%} stands for the name of the node, and {@code %REST%} for the rest of the key, one word per line.
 */
public final class SimulatedNodes {
    static final String GENERATION =
            "gi 0 FF415EC7CDFCB5CE:0000000000000000:ABC638038ED79F84:4BB5BF4A5616D6CD:1:1:0:1:0:0:0\n";

    /** Stands for the dump of a new configuration file. */
    static final String NEW_TEXT = "%NEW TEXT%";

    private final Map<String, String> answers = new LinkedHashMap<>();
    private final Map<String, String> errorOutputs = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final Map<String, String> missing = new LinkedHashMap<>();

    /** Nodes with the software of DRBD and OCFS2 installed, but without resources and clusters. */
    public static SimulatedNodes empty() {
        return new SimulatedNodes()
                .with("identity", "%NODE%\n0\n6.1.0-40-amd64\n")
                .with("os release", "ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n")
                .with("package manager", "apt\n")
                .with("installed ", "installed drbd-utils 9.22.0-1\ninstalled ocfs2-tools 1.8.7\ninstalled kmod 30\n")
                .with("known ", "")
                .with("modules at boot", "drbd\nocfs2\nocfs2_stack_o2cb\nocfs2_dlmfs\n")
                .with("module version", "8.4.11\n")
                .with("drbd module version", "8.4.11\n")
                .with("module tree", "")
                .with("module ", "loaded\n")
                .with("tools ", "%REST%")
                .with("packages ", "")
                .with("has service ", "yes\n")
                .with("service ", "enabled\n=\nactive\n")
                .with("sysctl ", "30\n")
                .with("sysctl at boot", "")
                .with("clock", "1766000000.5\n")
                .with("addresses", "\n=\n\n=\n10.77.0.1 10.77.0.2\n")
                .with("reach ", "")
                .with("file ", "644\n")
                .with("drbd version", Recorded.text("drbd84/version.txt"))
                .with("drbd state", "exists -\n")
                .with("drbd resource ", "")
                .with("drbd candidate ", NEW_TEXT)
                .with("drbd metadata read ", "")
                .with("drbd devices", "= dump\n")
                .with("drbd use", "")
                .with("drbd backing disks", "")
                .with("drbd managers", "")
                .with("fstab devices", "")
                .with("mount units", "")
                .with("o2cb heartbeats", "")
                .with("o2cb settings fault ", "")
                .with("fencing devices", "")
                .with("last fencing", "")
                .with("times of the fencing test", "")
                .with("boot id", "0f3c\n")
                .with("fence agent ", Recorded.text("fence-agents/fence_lab.xml"))
                .with("power of ", "= status 0\nStatus: ON\n")
                .with("fencing device of ", "= monitor 0\n\n= status 0\nStatus: ON\n")
                .with("answers of ", "")
                .with("uses of block devices", "end\n")
                .with("content ", "zero inside\n")
                .with("drbd metadata areas ", "")
                .with("drbd options ", "verify-alg sha1\n")
                .with("mounts", Recorded.text("life84/split/sv2-mounts.txt"))
                .with("ports", Recorded.text("proc/net-tcp.txt"))
                .with("mount place ", "absent\n=\n\n")
                .with("suspended drbd", "\n")
                .with("kernel log", "1000.00\n=\n")
                .with("filesystem space", "")
                .with("lvm", "=\n=\n=\n")
                .with("size of ", "134217728\n")
                .with("device ", "absent\n")
                .with("unfinished filesystem ", "")
                .with("file /var/lib/drbd-ocfs2-steps/", "")
                .with("node state", "resource name:r0 role:Secondary\n")
                .with("filesystem size ", "\n=\n")
                .with("filesystem on disk ", "")
                .with("version of mkfs.xfs", "mkfs.xfs version 5.10.0\n")
                .with("o2cb state", "")
                .with("o2cb settings file", "/etc/default/o2cb\n")
                .with("listening ", "")
                .with("ocfs2 volume ", "")
                .with("ocfs2 devices", "");
    }

    /**
     * Nodes with the resource {@code r0} up and UpToDate, with the device /dev/drbd0 on /dev/sys/drbd0 with internal
     * metadata and blank data.
     *
     * @param roles the roles of the first and the second node
     */
    public static SimulatedNodes running(boolean dualPrimary, String... roles) {
        return running("r0", TestNodes.BOTH, dualPrimary, roles);
    }

    /** The same with another resource name, on other nodes. */
    static SimulatedNodes running(String resource, List<Node> nodes, boolean dualPrimary, String... roles) {
        String text = text(resource, nodes, dualPrimary);
        SimulatedNodes simulated = empty().with(
                        "drbd resource " + resource, dump(text) + "adjusting\nadjust \n" + GENERATION)
                .with("file /etc/drbd.d/" + resource + ".res", "600\n" + text)
                .with(
                        "drbd devices",
                        "real /dev/sys/drbd0 /dev/dm-0\n= dump\n# resource " + resource
                                + " on %NODE%: not ignored, not stacked\n" + text)
                .with(
                        "device /dev/drbd0",
                        device("/dev/drbd0", "147:0", "readable\nzero begin\nzero end\nzero inside\n", ""))
                .with(
                        "device /dev/sys/drbd0",
                        device("/dev/dm-0", "254:0", "user drbd0\nreadable\n", "TYPE=drbd\nVERSION=v08\n"));
        for (int i = 0; i < roles.length; i++) {
            simulated.on(nodes.get(i), "drbd state", state(resource, roles[i], "UpToDate", roles[1 - i], "UpToDate"));
        }
        return simulated;
    }

    /** The same with two Primaries that fence each other. */
    public static SimulatedNodes fenced(String resource, List<Node> nodes) {
        String fencing = "dump disk { fencing resource-and-stonith; }\n"
                + "dump handlers { fence-peer \"/usr/local/sbin/drbd-fence-peer\"; }\n";
        return running(resource, nodes, true, "Primary", "Primary")
                .with(
                        "fencing devices",
                        "wait=0\nlimit=8\n" + nodes.get(0).name() + "\n"
                                + nodes.get(1).name() + "\n")
                .with("file /run/drbd-ocfs2-steps/keep-off/", "")
                .change(
                        "drbd resource " + resource,
                        dump -> dump.replace("dump }\nadjusting", fencing + "dump }\nadjusting"));
    }

    private static String text(String resource, List<Node> nodes, boolean dualPrimary) {
        ResourceSpec spec = new ResourceSpec(
                resource,
                List.of(new VolumeSpec(0, "/dev/drbd0", "/dev/sys/drbd0", "internal")),
                List.of(),
                null,
                7789,
                "C",
                dualPrimary,
                null);
        return ResourceText.render(spec.on(nodes), DrbdGeneration.V84);
    }

    /** The output of the resource probe about the configuration, without metadata. */
    static String dumped(String resource, List<Node> nodes) {
        return dump(text(resource, nodes, false)) + "adjusting\nadjust \n";
    }

    /** The dump of the new file that a script contains. */
    private static String dumpOfNewText(String script) {
        int begin = script.indexOf(" '") + 2;
        int end = script.indexOf("'\ne=$1; o=$1$2; x=$3\n", begin);
        return begin < 2 || end < 0 ? "" : dump(script.substring(begin, end).replace("'\\''", "'"));
    }

    static String dump(String text) {
        return text.lines().map(line -> "dump " + line + "\n").collect(Collectors.joining());
    }

    /** The DRBD state of a connected resource with one volume. */
    static String state(String resource, String role, String disk, String peerRole, String peerDisk) {
        return "exists resource name:" + resource + " role:" + role + " suspended:no write-ordering:flush\n"
                + "exists connection name:" + resource + " peer-node-id:0 conn-name:peer connection:Connected role:"
                + peerRole + " congested:no\n"
                + "exists device name:" + resource + " volume:0 minor:0 disk:" + disk + " size:131032 read:429661\n"
                + "exists peer-device name:" + resource + " peer-node-id:0 conn-name:peer volume:0"
                + " replication:Established peer-disk:" + peerDisk + " resync-suspended:no received:0 sent:0"
                + " out-of-sync:0 pending:0 unacked:0\n"
                + "exists -\n";
    }

    /** The probe output of a block device of 128 MiB: the lines before those of blkid(8), and those of blkid(8). */
    public static String device(String realPath, String number, String found, String blkid) {
        return "block\nreal " + realPath + "\nnumber " + number + "\nbytes 134217728\n" + found + "blkid\n" + blkid;
    }

    /** One line of mountinfo. */
    public static String mount(String number, String device, String type, String place) {
        return "90 16 " + number + " / " + place + " rw,relatime shared:37 - " + type + " " + device + " rw\n";
    }

    /** Sets the answer to probes whose key has this prefix; an empty text for a file means that there is none. */
    public SimulatedNodes with(String keyPrefix, String text) {
        answers.put(keyPrefix, text);
        return this;
    }

    /** Sets the standard error of the probe with this key. */
    SimulatedNodes withErrorOutput(String key, String words) {
        errorOutputs.put(key, words);
        return this;
    }

    /** Sets the answer of one node. */
    public SimulatedNodes on(Node node, String keyPrefix, String text) {
        return with(node.name() + ": " + keyPrefix, text);
    }

    /** The same with a node that cannot be reached. */
    public SimulatedNodes without(Node node) {
        missing.put(node.name(), "cannot connect to " + node.name());
        return this;
    }

    /** Changes an answer. */
    public SimulatedNodes change(String key, UnaryOperator<String> change) {
        answers.computeIfPresent(key, (same, text) -> change.apply(text));
        return this;
    }

    /** Changes an answer of one node. */
    public SimulatedNodes change(Node node, String key, UnaryOperator<String> change) {
        return key.contains(": ") ? change(key, change) : on(node, key, change.apply(answers.get(key)));
    }

    /** The key prefixes of all probes that were answered. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private String answer(Node node, String key) {
        String best = null;
        for (String prefix : answers.keySet()) {
            String own = node.name() + ": " + key;
            if ((key.startsWith(prefix) || own.startsWith(prefix))
                    && (best == null || specificity(prefix, node) > specificity(best, node))) {
                best = prefix;
            }
        }
        if (best == null) {
            throw new AssertionError("no answer to: " + key);
        }
        asked.add(best);
        String rest = key.substring(Math.min(key.length(), best.length())).replace(' ', '\n');
        String text = answers.get(best).replace("%NODE%", node.name()).replace("%REST%", rest + "\n");
        return key.startsWith("file ") && !text.isEmpty() ? file(text) : text;
    }

    /** The output of the file probe for a file with its mode in the first line. */
    static String file(String text) {
        int end = text.indexOf('\n') + 1;
        byte[] content = text.substring(end).getBytes(StandardCharsets.UTF_8);
        return text.substring(0, end)
                + Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(content) + "\n";
    }

    private static int specificity(String prefix, Node node) {
        return prefix.startsWith(node.name() + ": ") ? 1000 + prefix.length() : prefix.length();
    }

    /** A node that answers a probe set. */
    private Remote remote(Node node, ProbeSet probes) {
        return new Remote() {
            @Override
            public Node node() {
                return node;
            }

            @Override
            public ScriptResult run(Script script, Consumer<String> stdoutLine) {
                String mark = script.text().replaceFirst("(?s).*?(@@[-0-9a-f]+).*", "$1");
                StringBuilder printed = new StringBuilder();
                StringBuilder errors = new StringBuilder();
                for (int i = 0; i < probes.probes().size(); i++) {
                    String text = answer(node, probes.probes().get(i).key())
                            .replace(
                                    NEW_TEXT,
                                    dumpOfNewText(probes.probes().get(i).script()));
                    printed.append(mark).append(' ').append(i).append('\n').append(text);
                    boolean absent =
                            text.isEmpty() && probes.probes().get(i).key().startsWith("file ");
                    printed.append('\n').append(mark).append(absent ? " = 3\n" : " = 0\n");
                    errors.append(mark).append(' ').append(i).append('\n');
                    errors.append(
                            errorOutputs.getOrDefault(probes.probes().get(i).key(), ""));
                }
                return new ScriptResult(0, printed.toString(), errors.toString(), 1);
            }
        };
    }

    /**
     * Runs the probes of an operation, as the engine does.
     *
     * @param asked receives each probe set before it is answered
     * @throws RemoteException if an answer cannot be parsed
     */
    public ClusterFacts collectFacts(Operation operation, List<Node> nodes, BiConsumer<Node, ProbeSet> asked)
            throws RemoteException, InterruptedException {
        return collectFacts(operation, nodes, asked, UnaryOperator.identity());
    }

    private ClusterFacts collectFacts(
            Operation operation,
            List<Node> nodes,
            BiConsumer<Node, ProbeSet> asked,
            UnaryOperator<NodeFacts> assumptions)
            throws RemoteException, InterruptedException {
        ClusterFacts known = new ClusterFacts(List.of());
        for (int round = 0; round < 10; round++) {
            List<NodeFacts> collected = new ArrayList<>();
            for (Node node : nodes) {
                if (missing.containsKey(node.name())) {
                    continue;
                }
                ProbeSet probes = operation.probes(node, nodes, known);
                ProbeSet whole = round == 0 ? ProbeSet.of(NodeIdentity.PROBE).and(probes.probes()) : probes;
                if (!whole.isEmpty()) {
                    asked.accept(node, whole);
                    collected.add(assumptions.apply(whole.run(remote(node, whole))));
                }
            }
            if (collected.isEmpty()) {
                return known.without(missing);
            }
            known = known.and(new ClusterFacts(collected));
        }
        throw new AssertionError(operation.step() + " does not stop asking");
    }

    /** The plan of an operation. */
    public Plan plan(Operation operation, List<Node> nodes) throws StepFailure, RemoteException, InterruptedException {
        return operation.plan(collectFacts(operation, nodes, (node, probes) -> {}));
    }

    /** The plan of an operation in a dry run after others; later dry runs assume that it was executed. */
    Plan dryRun(Operation operation, List<Node> nodes, DryRunState dryRunState)
            throws StepFailure, RemoteException, InterruptedException {
        ClusterFacts facts = collectFacts(operation, nodes, (node, probes) -> {}, dryRunState::apply);
        Plan plan = operation.plan(facts);
        dryRunState.add(operation, nodes, facts);
        return plan;
    }
}
