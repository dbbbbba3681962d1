package io.jenkins.plugins.drbdocfs2.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonWriter;
import io.jenkins.plugins.drbdocfs2.support.SshNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Jenkinsfile catches a refusal and decides by its data. */
class CaughtRefusalTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("(?ms)^```groovy\\n((?:(?!^```).)*StepRefusedException.*?)^```$");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Runs a Jenkinsfile that gives the node sv1 this name, and returns the exit code. */
    private int run(String name, String script) throws IOException {
        try (SshNode node = new SshNode("sv1");
                PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            Map<String, Object> cluster = Map.of(
                    "name",
                    "storage",
                    "credentialsId",
                    "root",
                    "hostKeys",
                    Map.of("manuallyProvidedKeys", Map.of("keys", node.hostKey())),
                    "nodes",
                    List.of(Map.of("name", name, "host", "127.0.0.1", "port", node.port())));
            Map<String, String> root = Map.of("id", "root", "username", SshNode.USER, "password", SshNode.PASSWORD);
            return new Main(printed, printed)
                    .run(List.of(
                            "--credentials",
                            file("credentials.json", Map.of("credentials", List.of(root))),
                            "--clusters",
                            file("clusters.json", Map.of("clusters", List.of(cluster))),
                            Files.writeString(folder.resolve("Jenkinsfile"), script)
                                    .toString()));
        }
    }

    private String file(String name, Map<String, ?> content) throws IOException {
        return Files.writeString(folder.resolve(name), JsonWriter.string(content))
                .toString();
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void jenkinsfileReadsTheRefusalAndContinues() throws IOException {
        int exitCode = run(
                "sv9",
                """
                def kept
                withClusterNodes(cluster: 'storage') {
                    try {
                        clusterExec('true')
                    } catch (err) {
                        kept = err
                    }
                }
                sleep(time: 1, unit: 'MILLISECONDS')
                echo "${kept.refusals[0].id} of ${kept.refusals[0].node}: ${kept.refusals[0].remedy}"
                echo "message: ${kept.message}"
                """);

        assertThat(exitCode).as(out()).isZero();
        assertThat(out())
                .contains("node.other-name of sv9: Use the node's own name, or correct host and port")
                .contains("message: clusterExec true: sv9: `uname -n` at 127.0.0.1 port ");
    }

    @Test
    void exampleOfTheManualPrintsRefusalsAndRethrowsUnknownOnes() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("docs/using.md")));
        assertThat(example.find()).isTrue();

        int exitCode = run("sv1", example.group(1));

        assertThat(exitCode).as(out()).isOne();
        assertThat(out()).contains("drbd.no-resource").contains("ERROR: drbdPromote r0 sv1: ");
    }

    @Test
    void wrongParameterIsNotARefusal() throws IOException {
        run(
                "sv1",
                """
                withClusterNodes(cluster: 'storage') {
                    try {
                        drbdPromote(resource: 'r0')
                    } catch (hudson.AbortException err) {
                        echo "a refusal: ${err.hasProperty('refusals') != null}: ${err.message}"
                    }
                }
                """);

        assertThat(out()).contains("a refusal: false: drbdPromote r0: node must be given");
    }
}
