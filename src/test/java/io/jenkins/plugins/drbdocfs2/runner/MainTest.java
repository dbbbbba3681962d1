package io.jenkins.plugins.drbdocfs2.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonWriter;
import io.jenkins.plugins.drbdocfs2.support.SshNode;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line: exit codes, files, messages. */
class MainTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return new Main(stream(out), stream(err)).run(List.of(arguments));
    }

    private int runScript(String script, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add(file("Jenkinsfile", script).toString());
        return run(arguments.toArray(String[]::new));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "echo 'ä',0,SUCCESS",
        "unstable 'x',0,UNSTABLE",
        "error 'x',1,FAILURE",
        "currentBuild.result='ABORTED',1,ABORTED"
    })
    void exitCodeTellsTheResult(String script, int exitCode, String result) throws IOException {
        assertThat(runScript(script)).isEqualTo(exitCode);
        assertThat(out()).endsWith("Finished: " + result + "\n");
    }

    @Test
    void helpIsPrinted() {
        assertThat(run("--help")).isZero();
        assertThat(out()).contains("--credentials FILE").contains("exit code");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--foo",
                "--param",
                "--param x {J}",
                "--param =x {J}",
                "missing",
                "{J} {J}",
                "--credentials missing {J}",
                "--known-hosts missing {J}",
                "--clusters missing {J}",
                "--credentials {D} {J}",
                "--result"
            })
    void wrongUsageIsReportedAndExitsWith2(String arguments) throws IOException {
        String jenkinsfile = file("Jenkinsfile", "echo 'x'").toString();
        String[] words = arguments
                .replace("{J}", jenkinsfile)
                .replace("{D}", folder.toString())
                .split(" ");

        assertThat(run(arguments.isEmpty() ? new String[0] : words)).isEqualTo(2);
        assertThat(err()).startsWith("drbd-ocfs2-steps-runner: ").contains("--help");
        assertThat(out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense                                                     | is not a JSON object",
                "{}                                                           | has no list \"credentials\"",
                "{\"credentials\": [1]}                                       | has an entry that is not an object",
                "{\"credentials\": [{\"username\": \"u\"}]}                   | has in an entry no text id",
                "{\"credentials\": [{\"id\": \"x\"}]}                         | has in the entry 'x' no text username",
                "{\"credentials\": [{\"id\": \"x\", \"username\": \"u\"}]}    | needs in the entry 'x' one of privateKeyFile, privateKey and password",
                "{\"credentials\": [{\"id\": \"x\", \"username\": \"u\", \"privateKeyFile\": \"none\"}]} | which cannot be read",
                "{\"credentials\": [{\"id\": \"x\", \"username\": \"u\", \"pass\": \"p\"}]} | has in the entry 'x' the unknown name 'pass'",
            })
    void invalidCredentialsFileIsReported(String json, String message) throws IOException {
        Path file = file("credentials.json", json);

        assertThat(runScript("echo 'x'", "--credentials", file.toString())).isEqualTo(2);
        assertThat(err()).contains("the credentials file " + file).contains(message);
    }

    @Test
    void credentialsCanBeLookedUp() throws IOException {
        file("key", "PEM");
        Path file = file(
                "credentials.json",
                """
                {"credentials": [
                  {"id": "k", "username": "root", "privateKeyFile": "key", "passphrase": "pp"},
                  {"id": "p", "username": "ops", "password": "pw"}]}
                """);
        String script =
                """
                import com.cloudbees.plugins.credentials.*
                def all = CredentialsProvider.lookupCredentialsInItem(Credentials, null, null, [])
                def k = all[0]
                def p = all[1]
                echo "${k.id} ${k.username} ${k.privateKeys} ${k.passphrase.plainText}"
                echo "${p.id} ${p.username} ${p.password.plainText}"
                """;

        assertThat(runScript(script, "--credentials", file.toString())).isZero();
        assertThat(out()).contains("k root [PEM] pp\n").contains("p ops pw\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                                     | is not a JSON object",
                "{}                                                     | must have a list \"clusters\" and nothing else",
                "{\"clusters\": [], \"x\": 1}                           | must have a list \"clusters\" and nothing else",
                "{\"clusters\": [1]}                                    | has an entry that is not an object",
                "{\"clusters\": [{\"name\": \"a\", \"node\": []}]}      | Unknown parameter(s) found for class type",
                "{\"clusters\": [{\"name\": \"a\", \"hostKeys\": \"x\"}]}  | has an entry that is not a cluster",
                "{\"clusters\": [{\"nodes\": []}]}                      | name of a cluster",
                "{\"clusters\": [{\"name\": \"a\"}, {\"name\": \"a\"}]}   | not be given twice",
            })
    void invalidClustersFileIsReported(String json, String message) throws IOException {
        Path file = file("clusters.json", json);

        assertThat(runScript("echo 'x'", "--clusters", file.toString())).isEqualTo(2);
        assertThat(err()).contains("the clusters file " + file).contains(message);
    }

    @Test
    void clustersOfTheFileAreUsedByName() throws IOException {
        try (SshNode sv1 = new SshNode("sv1")) {
            Path credentials = file(
                    "credentials.json",
                    JsonWriter.string(Map.of(
                            "credentials",
                            List.of(Map.of("id", "root", "username", SshNode.USER, "password", SshNode.PASSWORD)))));
            Map<String, Object> cluster = Map.of(
                    "name",
                    "storage",
                    "credentialsId",
                    "root",
                    "hostKeys",
                    Map.of("manuallyProvidedKeys", Map.of("keys", sv1.hostKey())),
                    "nodes",
                    List.of(Map.of("name", "sv1", "host", "127.0.0.1", "port", sv1.port())));
            Path clusters = file("clusters.json", JsonWriter.string(Map.of("clusters", List.of(cluster))));
            String script = "withClusterNodes(cluster: 'storage') { echo clusterExec('uname -n').nodes.sv1.stdout }";
            List<String> options = List.of("--credentials", credentials.toString(), "--clusters", clusters.toString());

            assertThat(runScript(script, options.toArray(String[]::new)))
                    .as(out())
                    .isZero();
            assertThat(out()).contains("\nsv1\n");
            assertThat(runScript(script, "--credentials", credentials.toString()))
                    .isOne();
            assertThat(out()).contains("be the name of a configured cluster (there are none yet");
        }
    }

    @Test
    void parametersAndDryRunReachTheBuild() throws IOException {
        runScript("echo \"${params.A} ${env.DRBD_OCFS2_DRY_RUN}\"", "--param", "A=b=c", "--dry-run");

        assertThat(out()).contains("b=c true\n");
    }

    @Test
    void resultAndReportAreWrittenAlsoAfterAFailure() throws IOException {
        Path result = folder.resolve("new/result.json");
        Path report = folder.resolve("new/report.html");

        assertThat(runScript("error 'x'", "--result", result.toString(), "--report", report.toString()))
                .isOne();
        assertThat(result).content().isEqualToIgnoringWhitespace("[]");
        assertThat(report).isNotEmptyFile();
    }

    @Test
    void signalAbortsTheBuild() throws Exception {
        Path jenkinsfile = file("Jenkinsfile", "try { echo 'begun'; sleep 600 } finally { echo 'cleaned' }");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        jenkinsfile.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("Sleeping")) {
                line = lines.readLine();
            }
            process.toHandle().destroy();

            assertThat(lines.lines())
                    .contains("cleaned")
                    .endsWith("Aborted by " + System.getProperty("user.name"), "Finished: ABORTED");
        }
        assertThat(process.waitFor()).isOne();
    }
}
