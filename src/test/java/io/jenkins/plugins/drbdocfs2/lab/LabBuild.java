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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A build of a Jenkinsfile in the lab, with the packaged runner as a user starts it. */
public final class LabBuild {
    private final RunningProgram running;
    private final Path result;
    private ProgramResult finished;

    private LabBuild(RunningProgram running, Path result) {
        this.running = running;
        this.result = result;
    }

    /** Starts a build. Replaces the SSH ports 2201, 2202... of the Jenkinsfile with those of the test's lab. */
    public static LabBuild start(Lab lab, String jenkinsfile, String... options) {
        try {
            Path folder = Files.createTempDirectory("build");
            Path file = Files.writeString(
                    folder.resolve("Jenkinsfile"), jenkinsfile.replace("port: 220", "port: " + Lab.port(0) / 10));
            Path result = folder.resolve("result.json");
            Path report = folder.resolve("report.html");
            // deleted in reverse order
            List.of(folder, file, result, report).forEach(path -> path.toFile().deleteOnExit());
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin/java").toString(),
                    // for a run of seconds, while the nodes need the processors
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-jar",
                    "target/drbd-ocfs2-steps-runner.jar",
                    "--credentials",
                    lab.file("credentials.json").toString(),
                    "--known-hosts",
                    lab.file("known_hosts").toString(),
                    "--result",
                    result.toString(),
                    "--report",
                    report.toString()));
            command.addAll(Arrays.asList(options));
            command.add(file.toString());
            return new LabBuild(RunningProgram.start(new ProcessBuilder(command)), result);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** The process of the runner. */
    public RunningProgram running() {
        return running;
    }

    /** Waits for the end of the build. */
    public ProgramResult end() {
        if (finished == null) {
            finished = running.await();
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
