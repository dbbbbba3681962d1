package io.jenkins.plugins.drbdocfs2.lab;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Real nodes in user-mode Linux, which run for a test class. The output of their consoles is kept in
 * target/lab/CLASS; see lab/README.md.
 */
public final class Lab implements AutoCloseable {
    private static final Path SCRIPT = Path.of("lab/lab").toAbsolutePath();
    private static final int PORTS = 50;
    // Another LAB_TEST_PORT allows a second run of the tests in parallel. lab.fork is the number of this process among
    // the parallel processes of a run.
    private static final int PORT_BASE = Integer.parseInt(System.getenv().getOrDefault("LAB_TEST_PORT", "2700"))
            + PORTS * (Integer.getInteger("lab.fork", 1) - 1);
    private static final Path DIR = Path.of("/var/tmp/drbd-ocfs2-lab-test-" + PORT_BASE);

    // faster than the default one; see lab/README.md
    private static final Map<String, String> KERNEL = Map.of("LAB_KERNEL_FROM", "forky");
    private static final Map<String, String> KERNEL_WITH_PACKET_FILTER = Map.of("LAB_KERNEL_FROM", "trixie");

    private static final String DISK = "size: '1G'";
    private static final String METADATA = "size: '128M'";

    // A node that is short of memory for a moment receives nothing; ssh has not begun a session then
    private static final Predicate<ProgramResult> NOT_CONNECTED =
            result -> result.exitCode() == 255 && result.output().startsWith("kex_exchange_identification: ");
    private static final int CONNECTS = 3;

    private static final StackWalker CALLERS = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final Path dir;
    private final Path kept;
    private final Map<String, String> variables;

    private Lab(Path dir, Path kept, Map<String, String> variables) {
        this.dir = dir;
        this.kept = kept;
        this.variables = variables;
    }

    /** Boots nodes with these names, for the calling test class. */
    public static Lab up(String... names) {
        return up(of(CALLERS.getCallerClass(), Map.of()), names);
    }

    /** The same with environment variables for lab/lab, such as LAB_RESTART. */
    public static Lab up(Map<String, String> variables, String... names) {
        return up(of(CALLERS.getCallerClass(), variables), names);
    }

    /** The same with nodes that can drop packets. */
    public static Lab upWithPacketFilter(String... names) {
        return up(of(CALLERS.getCallerClass(), KERNEL_WITH_PACKET_FILTER), names);
    }

    /** The same with another Debian release on the nodes. */
    public static Lab upWith(String release, String... names) {
        return up(of(CALLERS.getCallerClass(), Map.of("LAB_RELEASE", release)), names);
    }

    private static Lab up(Lab lab, String... names) {
        lab.lab("down");
        List<String> words = new ArrayList<>(List.of("up"));
        words.addAll(Arrays.asList(names));
        try {
            lab.lab(words.toArray(String[]::new));
            System.out.println(lab.kept.getFileName() + ": the nodes have DRBD " + lab.drbd());
        } catch (AssertionError e) {
            // the caller has no lab to close
            lab.close();
            throw e;
        }
        return lab;
    }

    /** Reuses the running nodes, or boots nodes with these names; with environment variables for lab/lab. */
    public static Lab again(Map<String, String> variables, String... names) {
        Lab lab = of(CALLERS.getCallerClass(), variables);
        return lab.start("status").await().exitCode() == 0 ? lab : up(lab, names);
    }

    private static Lab of(Class<?> caller, Map<String, String> variables) {
        return new Lab(DIR, Path.of("target/lab").resolve(caller.getSimpleName()), variables);
    }

    /** The same lab with another environment variable for its commands. */
    public Lab with(String variable, String value) {
        Map<String, String> more = new HashMap<>(variables);
        more.put(variable, value);
        return new Lab(dir, kept, more);
    }

    /** The SSH port of node number N. */
    public static int port(int number) {
        return PORT_BASE + number;
    }

    /** A file in the lab's folder, such as known_hosts. */
    public Path file(String name) {
        return dir.resolve(name);
    }

    /** The folder with a folder for each node of this process; absent if none was started. */
    static Path nodes() {
        return DIR.resolve("nodes");
    }

    /** Runs a command of lab/lab that must succeed, and returns its output. */
    public String lab(String... words) {
        ProgramResult finished = start(words).await();
        for (int i = 1; i < CONNECTS && NOT_CONNECTED.test(finished); i++) {
            finished = start(words).await();
        }
        assertThat(finished.exitCode())
                .as("lab %s: %s", List.of(words), finished.output())
                .isZero();
        return finished.output();
    }

    /** The DRBD version of the nodes, such as 8.4.11 or 9.2.18. */
    public String drbd() {
        return ssh(1, "modinfo -F version drbd").strip();
    }

    /** Whether the nodes have DRBD 9, which only a custom kernel provides. */
    public boolean hasDrbd9() {
        return drbd().startsWith("9.");
    }

    /** Runs a script on node number N that must succeed, and returns its output and errors in the node's order. */
    public String ssh(int number, String script) {
        // a connection does not keep the order of two streams
        return lab("ssh", String.valueOf(number), "exec 2>&1\n" + script);
    }

    /** The key of node number N for the power switch and fence_lab. */
    public String switchKey(int number) {
        return read(file("nodes/" + number + "/switch-key").toString()).strip();
    }

    /** The number of resets of node number N, without power cuts. */
    public int resets(int number) {
        return Integer.parseInt(
                read(file("nodes/" + number + "/resets").toString()).strip());
    }

    /** Waits until node number N was reset that often, and answers again. */
    public void awaitReset(int number, int count) {
        await(() -> resets(number) >= count, "node " + number + " is reset");
        await(
                () -> start("ssh", String.valueOf(number), "true")
                                .killAfter(Duration.ofSeconds(20))
                                .await()
                                .exitCode()
                        == 0,
                "node " + number + " answers");
        assertThat(resets(number)).isEqualTo(count);
    }

    // what happens outside of a node sends no event
    private static void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        try {
            while (!condition.getAsBoolean()) {
                assertThat(System.nanoTime()).as(what).isLessThan(deadline);
                TimeUnit.MILLISECONDS.sleep(500);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts a command of lab/lab. */
    public RunningProgram start(String... words) {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(Arrays.asList(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LAB_DIR", dir.toString());
        builder.environment().put("LAB_PORT", String.valueOf(PORT_BASE));
        KERNEL.forEach(builder.environment()::putIfAbsent);
        builder.environment().putAll(variables);
        return RunningProgram.start(builder);
    }

    /** Saves the status and the console output of each node, then takes the nodes down. */
    @Override
    public void close() {
        try (Stream<Path> nodes = Files.list(file("nodes"))) {
            Files.createDirectories(kept);
            Files.writeString(kept.resolve("status.txt"), lab("status"));
            for (Path node : nodes.toList()) {
                String name = Files.readString(node.resolve("name")).trim();
                Files.copy(node.resolve("console.log"), kept.resolve(name + "-console.log"), REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lab("down");
        }
    }

    /**
     * The Jenkinsfile of an example with a DRBD disk of 96 MiB instead of 1 GiB, and 8 MiB for its metadata: a first build reads
     * them whole several times, because they must be blank.
     */
    public static String smallExample(String name) {
        String example = read("examples/" + name + "/Jenkinsfile");
        assertThat(example).contains(DISK, METADATA);
        return example.replace(DISK, "size: '96M'").replace(METADATA, "size: '8M'");
    }

    /** Reads a text file, such as an example. */
    public static String read(String path) {
        try {
            return Files.readString(Path.of(path), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
