package io.jenkins.plugins.drbdocfs2.bench;

import io.jenkins.plugins.drbdocfs2.engine.Engine;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Outcome;
import io.jenkins.plugins.drbdocfs2.engine.SshCluster;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdStatus;
import io.jenkins.plugins.drbdocfs2.operation.node.ClusterExec;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import io.jenkins.plugins.drbdocfs2.remote.ssh.Login;
import io.jenkins.plugins.drbdocfs2.remote.ssh.SshSettings;
import java.io.BufferedReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The cost of a status step and a file change with many nodes: connects to {@link ManyNodes}, and prints one line with
 * the number of nodes, milliseconds of three steps (the first connects), MiB of heap per node while all are connected, MiB
 * of heap at the peak, and threads at the peak. Arguments: the folder of recorded output; numbers of nodes.
 */
public final class Scale {
    private static final double MIB = 1024 * 1024;

    private Scale() {}

    /** Runs the measurement. */
    public static void main(String[] arguments) throws Exception {
        String recorded = arguments[0];
        // Load and compile all classes before the first measurement
        measure(20, recorded, false);
        for (int i = 1; i < arguments.length; i++) {
            measure(Integer.parseInt(arguments[i]), recorded, true);
        }
    }

    private static void measure(int count, String recorded, boolean tell) throws Exception {
        Process server = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyNodes.class.getName(),
                        Integer.toString(count),
                        recorded)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader reader = server.inputReader(StandardCharsets.UTF_8)) {
            int port = Integer.parseInt(reader.readLine().strip());
            int before = ManagementFactory.getThreadMXBean().getThreadCount();
            long used = heapAfterCollection();
            heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
            ManagementFactory.getThreadMXBean().resetPeakThreadCount();
            long connect = run(cluster(count, port), new DrbdStatus(null), count);
            long status = run(cluster(count, port), new DrbdStatus(null), count);
            long change = run(cluster(count, port), fileChange(), count);
            long peak = peakOfHeap() - used;
            long held = heapAfterCollection() - used;
            int threads = ManagementFactory.getThreadMXBean().getPeakThreadCount() - before;
            SshCluster.close("bench");
            if (tell) {
                System.out.printf(
                        Locale.ROOT,
                        "%d %d %d %d %.3f %.3f %d%n",
                        count,
                        connect,
                        status,
                        change,
                        held / MIB / count,
                        peak / MIB,
                        threads);
            }
        } finally {
            server.getOutputStream().close();
            server.waitFor();
        }
    }

    private static SshCluster cluster(int count, int port) {
        List<Node> nodes = IntStream.range(0, count)
                .mapToObj(i -> new Node(ManyNodes.name(i), ManyNodes.address(i), port, ManyNodes.address(i)))
                .toList();
        Login login = new Login("bench", ManyNodes.USER, List.of(), null, ManyNodes.PASSWORD);
        Map<String, Login> logins =
                nodes.stream().map(Node::name).collect(Collectors.toMap(Function.identity(), name -> login));
        SshSettings settings = SshSettings.DEFAULT.withConnectTimeout(Duration.ofSeconds(60));
        return SshCluster.open("bench", nodes, logins, HostKeys.none(), settings);
    }

    private static Operation fileChange() {
        return new ClusterExec(
                "printf 'a line\\n' > bench-file.new && mv bench-file.new bench-file",
                true,
                false,
                ClusterExec.TIMEOUT_SECONDS);
    }

    /** Milliseconds of a step; fails if a node failed. */
    private static long run(SshCluster cluster, Operation operation, int count) throws Exception {
        long begin = System.nanoTime();
        Outcome outcome = new Engine(cluster, line -> {}).run(operation, List.of(), false);
        long millis = (System.nanoTime() - begin) / 1_000_000;
        if (outcome.failure() != null) {
            throw new IllegalStateException(outcome.failure());
        }
        if (((Map<?, ?>) outcome.result().get("nodes")).size() != count) {
            throw new IllegalStateException("not all nodes answered");
        }
        return millis;
    }

    private static List<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    private static long heapAfterCollection() {
        System.gc();
        return heapPools().stream().mapToLong(pool -> pool.getUsage().getUsed()).sum();
    }

    private static long peakOfHeap() {
        return heapPools().stream()
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
