package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A build of a Jenkinsfile in the lab, with the packaged runner. Most builds run in the JVM of the test, which saves the start
 * of another one. Those that a test follows or interrupts are processes, as a user starts them, and so are the first builds of
 * the examples in {@link DualPrimaryLabIT}, {@link TwoExamplesLabIT} and {@link HealthLabIT}.
 */
public final class LabBuild {
    private static final Duration LONGEST = Duration.ofMinutes(20);

    private final RunningProgram process;
    private final Supplier<ProgramResult> end;
    private final Path result;
    private ProgramResult finished;

    private LabBuild(RunningProgram process, Supplier<ProgramResult> end, Path result) {
        this.process = process;
        this.end = end;
        this.result = result;
    }

    /**
     * Starts a build in this JVM. Replaces the SSH ports 2201, 2202... of the Jenkinsfile with those of the test's lab.
     */
    public static LabBuild start(Lab lab, String jenkinsfile, String... options) {
        Path folder = folder();
        List<String> arguments = arguments(lab, folder, jenkinsfile, options);
        FutureTask<ProgramResult> build = new FutureTask<>(() -> LoadedRunner.run(arguments));
        Thread thread = new Thread(build, "build");
        thread.setDaemon(true);
        thread.start();
        return new LabBuild(null, () -> await(build), result(folder));
    }

    /** The same in a process of its own. */
    public static LabBuild startProcess(Lab lab, String jenkinsfile, String... options) {
        Path folder = folder();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                // for a run of seconds, while the nodes need the processors
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                LoadedRunner.JAR.toString()));
        command.addAll(arguments(lab, folder, jenkinsfile, options));
        RunningProgram process = RunningProgram.start(new ProcessBuilder(command));
        return new LabBuild(process, process::await, result(folder));
    }

    private static ProgramResult await(Future<ProgramResult> build) {
        try {
            return build.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the build has not ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("build");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path result(Path folder) {
        return folder.resolve("result.json");
    }

    private static List<String> arguments(Lab lab, Path folder, String jenkinsfile, String... options) {
        Path file = folder.resolve("Jenkinsfile");
        Path report = folder.resolve("report.html");
        try {
            Files.writeString(file, jenkinsfile.replace("port: 220", "port: " + Lab.port(0) / 10));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List.of(file, result(folder), report).forEach(path -> path.toFile().deleteOnExit());
        List<String> arguments = new ArrayList<>(List.of(
                "--credentials",
                lab.file("credentials.json").toString(),
                "--known-hosts",
                lab.file("known_hosts").toString(),
                "--result",
                result(folder).toString(),
                "--report",
                report.toString()));
        arguments.addAll(Arrays.asList(options));
        arguments.add(file.toString());
        return arguments;
    }

    /** Runs a build of these steps on sv1 and sv2, logged in as root. */
    public static LabBuild run(Lab lab, String steps) {
        return run(lab, 2, steps);
    }

    /** Runs a build of these steps on sv1 up to the node with this number, logged in as root. */
    public static LabBuild run(Lab lab, int nodes, String steps, String... options) {
        LabBuild build = start(lab, withNodes(nodes, "credentialsId: 'lab-root'", steps), options);
        build.end();
        return build;
    }

    /** A Jenkinsfile of these steps on sv1 up to the node with this number. */
    static String withNodes(int nodes, String parameters, String steps) {
        String list = IntStream.rangeClosed(1, nodes)
                .mapToObj(number -> "[name: 'sv%1$d', host: '127.0.0.1', port: 220%1$d, address: '192.168.0.%1$d'],\n"
                        .formatted(number))
                .collect(Collectors.joining());
        return "withClusterNodes(nodes: [\n" + list + "], " + parameters + ") {\n" + steps + "\n}\n";
    }

    /** The process of the runner, of a build that has one. */
    public RunningProgram process() {
        return Objects.requireNonNull(process);
    }

    /** Waits for the end of the build. */
    public ProgramResult end() {
        if (finished == null) {
            finished = end.get();
        }
        return finished;
    }

    /** Asserts that the build succeeds. */
    public LabBuild succeeds() {
        assertThat(end().exitCode()).as(end().output()).isZero();
        return this;
    }

    /** Asserts that the build fails. */
    public LabBuild fails() {
        assertThat(end().exitCode()).as(end().output()).isEqualTo(1);
        return this;
    }

    /** Asserts that no step with these names, or no step at all, changed anything. Ignores clusterExec. */
    public LabBuild changesNothing(String... steps) {
        for (JsonObject result : results()) {
            String step = result.getString("step");
            if (!step.equals("clusterExec")
                    && (steps.length == 0 || List.of(steps).contains(step))) {
                assertThat(result.getBoolean("changed")).as(result.toString()).isFalse();
            }
        }
        return this;
    }

    /** The output of the build. */
    public String log() {
        return end().output();
    }

    /** The results of all steps. */
    public List<JsonObject> results() {
        end();
        try {
            JsonArray all = JsonParser.array().from(Files.readString(result));
            List<JsonObject> results = new ArrayList<>();
            all.forEach(one -> results.add((JsonObject) one));
            return results;
        } catch (IOException | JsonParserException e) {
            throw new IllegalStateException(log(), e);
        }
    }

    /** The last result of a step. */
    public JsonObject last(String step) {
        return results().stream()
                .filter(result -> step.equals(result.getString("step")))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("No " + step + " in:\n" + log()));
    }

    /** The last result of a step on a node. */
    public JsonObject last(String step, String node) {
        return last(step).getObject("nodes").getObject(node);
    }
}
