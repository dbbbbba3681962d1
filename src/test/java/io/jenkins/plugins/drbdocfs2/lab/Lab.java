package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Real nodes in user-mode Linux, brought up for a test class and taken down after it. See lab/README.md. */
final class Lab implements AutoCloseable {
    private static final Path SCRIPT = Path.of("lab/lab").toAbsolutePath();
    // another one lets a second run of the tests go on beside the first
    private static final String PORT_BASE = System.getenv().getOrDefault("LAB_TEST_PORT", "2700");
    private static final Path DIR = Path.of("/var/tmp/drbd-ocfs2-lab-test-" + PORT_BASE);

    private final Path dir;

    private Lab(Path dir) {
        this.dir = dir;
    }

    /** Brings nodes of these names up. */
    static Lab up(String... names) {
        Lab lab = new Lab(DIR);
        lab.lab("down");
        List<String> words = new ArrayList<>(List.of("up"));
        words.addAll(Arrays.asList(names));
        lab.lab(words.toArray(String[]::new));
        return lab;
    }

    /** The SSH port of node number N. */
    static int port(int number) {
        return Integer.parseInt(PORT_BASE) + number;
    }

    /** A file of the lab, such as known_hosts. */
    Path file(String name) {
        return dir.resolve(name);
    }

    /** Runs a command of lab/lab that must succeed, and gives what it printed. */
    String lab(String... words) {
        Finished finished = start(words).await();
        assertThat(finished.exitCode())
                .as("lab %s: %s", List.of(words), finished.output())
                .isZero();
        return finished.output();
    }

    /** Runs a script on node number N that must succeed, and gives its standard output. */
    String ssh(int number, String script) {
        return lab("ssh", String.valueOf(number), script);
    }

    private Running start(String... words) {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(Arrays.asList(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LAB_DIR", dir.toString());
        builder.environment().put("LAB_PORT", PORT_BASE);
        return Running.start(builder);
    }

    @Override
    public void close() {
        lab("down");
    }

    /** A text of the project's, such as an example. */
    static String read(String path) {
        try {
            return Files.readString(Path.of(path), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
