package io.jenkins.plugins.drbdocfs2.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonWriter;
import io.jenkins.plugins.drbdocfs2.remote.ssh.ScriptedNode;
import io.jenkins.plugins.drbdocfs2.report.ReportHtml;
import io.jenkins.plugins.drbdocfs2.result.Json;
import io.jenkins.plugins.drbdocfs2.runner.Main;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets are in credentials, in the shared-secret of a parameter and in that of a file of the node. The nodes print the
 * secrets of the login, and drbdadm that of the resource, in every form. Then all written data are searched for them.
 */
@Timeout(300)
class SecretsTest {
    private static final String CANDIDATE = "dump resource r0 {\ndump "
            + " on sv1 { device /dev/drbd0 minor 0; disk /dev/vdb; meta-disk internal; address ipv4 10.0.0.1:7789; }\ndump"
            + " on sv2 { device /dev/drbd0 minor 0; disk /dev/vdb; meta-disk internal; address ipv4 10.0.0.2:7789; }\n"
            + "dump }\n";

    private static final String PASSWORD = "l0gin & \"sudo\" p'w$rd`1";
    private static final String BAD_SUDO = "Not+the/sudo=password";
    private static final String PASSPHRASE = "the pass-phrase of the k3y";
    private static final String WRONG_PASSPHRASE = "an0ther pass-phrase";
    private static final String WRONG_PASSWORD = "wr0ng-Passw0rd";
    private static final String SHARED = "Sh4red+S3cret/of=r0";
    private static final String KEPT_SHARED = "K3pt {sh4red} \"s3cret\"";
    private static final String OLD_SHARED = "0ld; sh4red {s3cret}";

    private final KeyPair keyPair = ScriptedNode.newKey();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final StringBuffer logged = new StringBuffer();
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final List<ScriptedNode> nodes = new ArrayList<>();

    /** The shared-secret that drbdadm reads in the resource file. */
    private volatile String inFile = SHARED;

    @TempDir
    private Path directory;

    private Handler handler;
    private Path credentials;
    private String jenkinsfile;

    @BeforeEach
    void plant() throws Exception {
        String key = ScriptedNode.encrypted(keyPair, PASSPHRASE);
        String plainKey = ScriptedNode.encrypted(keyPair, null);
        secrets.put("shared-secret in credentials", KEPT_SHARED);
        secrets.putAll(Map.of(
                "password", PASSWORD,
                "password that sudo refuses", BAD_SUDO,
                "passphrase", PASSPHRASE,
                "wrong passphrase", WRONG_PASSPHRASE,
                "wrong password", WRONG_PASSWORD,
                "shared-secret", SHARED,
                "shared-secret before", OLD_SHARED,
                "private key", key,
                "private key in plain", plainKey));
        for (String name : List.of("sv1", "sv2")) {
            PasswordAuthenticator passwords =
                    (user, password, session) -> Set.of(PASSWORD, BAD_SUDO).contains(password);
            PublickeyAuthenticator keys = (user, given, session) -> given.equals(keyPair.getPublic());
            ScriptedNode node = new ScriptedNode(name, this::play, passwords, keys);
            node.setSudo((given, err) -> {
                seen.add(given);
                err.print("[sudo] you said " + given + ", in base64 " + base64(given) + "\n");
                return given.equals(PASSWORD);
            });
            nodes.add(node);
        }
        credentials = Files.writeString(
                directory.resolve("credentials.json"),
                JsonWriter.string(Map.of(
                        "credentials",
                        List.of(
                                Map.of("id", "password", "username", "root", "password", PASSWORD),
                                Map.of("id", "r0-secret", "username", "r0", "password", KEPT_SHARED),
                                Map.of("id", "bad-sudo", "username", "ops", "password", BAD_SUDO),
                                Map.of("id", "wrong-password", "username", "root", "password", WRONG_PASSWORD),
                                Map.of("id", "key", "username", "root", "privateKey", key, "passphrase", PASSPHRASE),
                                Map.of("id", "plain-key", "username", "root", "privateKey", plainKey),
                                Map.of(
                                        "id",
                                        "bad-key",
                                        "username",
                                        "root",
                                        "privateKey",
                                        key,
                                        "passphrase",
                                        WRONG_PASSPHRASE),
                                Map.of("id", "no-key", "username", "root", "privateKey", "no key " + SHARED)))));
        jenkinsfile = jenkinsfile();
        handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.append(new SimpleFormatter().format(entry));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger.getLogger("").addHandler(handler);
        Logger.getLogger("io.jenkins").setLevel(Level.ALL);
        Logger.getLogger("com.jcraft").setLevel(Level.ALL);
    }

    @AfterEach
    void stop() throws IOException {
        Logger.getLogger("").removeHandler(handler);
        Logger.getLogger("io.jenkins").setLevel(null);
        Logger.getLogger("com.jcraft").setLevel(null);
        for (ScriptedNode node : nodes) {
            node.close();
        }
    }

    private int play(String script, PrintStream out, PrintStream err) {
        seen.add(script);
        if (script.contains(SHARED)) {
            inFile = SHARED;
        } else if (script.contains(KEPT_SHARED.replace("\"", "\\\""))) {
            inFile = KEPT_SHARED;
        }
        if (script.startsWith("tell")) {
            List<String> known = script.contains("plain-key")
                    ? List.of("private key in plain")
                    : script.contains("key") ? List.of("private key", "passphrase") : List.of("password");
            known.forEach(name -> {
                String secret = secrets.get(name);
                List<String> encoded = new ArrayList<>(forms(secret));
                secret.lines().forEach(line -> encoded.add(base64("root:" + line + "\n")));
                encoded.add(base64("root:" + secret + "\n"));
                encoded.forEach(form -> {
                    out.println("out <" + form + ">");
                    err.println("err <" + form + ">");
                });
            });
            return script.contains("fail") ? 7 : 0;
        }
        if (script.contains("drbdadm --version")) {
            out.print("DRBDADM_API_VERSION=1\nDRBD_KERNEL_VERSION_CODE=0x08040b\nDRBDADM_VERSION_CODE=0x091600\n"
                    + "DRBDADM_VERSION=9.22.0\n");
        } else if (script.contains("drbdsetup events2 --now --statistics")) {
            return 3;
        } else if (script.contains("mktemp -d") && script.contains("} dump")) {
            out.print("checked 0\n" + CANDIDATE);
        } else if (script.contains("stat -L -c %a")) {
            String file = "resource r0 {\n  net {\n    shared-secret \"" + OLD_SHARED + "\";\n  }\n}\n";
            out.print("600\n" + base64(file) + "\n");
        } else if (script.strip().equals("cat /proc/self/mountinfo")) {
            out.print("22 1 98:0 / / rw - ext4 /dev/root rw\n");
        } else if (script.contains("wipefs -n -p")) {
            out.print(
                    "block\nreal /dev/vdb\nnumber 254:16\nbytes 1073741824\nreadable\nzero begin\nzero end\nzero inside\nblkid\n");
        } else if (script.contains("/proc/[0-9]*/mountinfo") || script.contains("/loop/backing_file")) {
            out.print("end\n");
        } else if (script.contains("content search")) {
            out.print("zero inside\n");
        } else if (script.contains("drbdadm") && !script.contains("} dump")) {
            out.print("net { shared-secret " + inFile.replace(" ", "\\ ") + "; }\n");
            err.print("r0.res:3: shared-secret \"" + inFile.replace("\"", "\\\"") + "\"; in base64 " + base64(inFile)
                    + "\n");
            return 10;
        }
        return 0;
    }

    private String block(String credentialsId, boolean sudo, String steps) {
        return "withClusterNodes(nodes: [" + nodes.get(0).inJenkinsfile("10.0.0.1") + ", "
                + nodes.get(1).inJenkinsfile("10.0.0.2") + "], credentialsId: '" + credentialsId + "', sudo: " + sudo
                + ", hostKeys: noHostKeyVerification()) {\n" + steps + "\n}\n";
    }

    private String jenkinsfile() {
        String resource = "drbdCreateResource(resource: 'r0', device: '/dev/drbd0', disk: '/dev/vdb', options: '''"
                + "net { cram-hmac-alg sha1; shared-secret \"%s\"; }'''%s)\n";
        StringBuilder script = new StringBuilder();
        script.append(block(
                "password",
                true,
                "clusterExec 'tell'\ncatchError { clusterExec 'tell and fail' }\n"
                        + "catchError { clusterExec '''echo " + PASSWORD.replace("$", "\\$") + "''' }\n"
                        + "def r = clusterExec(script: 'tell again', changed: false)\necho \"value ${r}\"\n"
                        + String.format("catchError { " + resource + " }\n", SHARED, ", dryRun: true")
                        + String.format("catchError { " + resource + " }\n", SHARED, "")
                        + resource(", dryRun: true, sharedSecretCredentialsId: 'r0-secret'")
                        + resource(", sharedSecretCredentialsId: 'r0-secret'")
                        + resource(", sharedSecretCredentialsId: 'nobody'")
                        + resource(", sharedSecretCredentialsId: 'r0-secret', options: 'net { shared-secret x; }'")
                        + String.format("catchError { " + resource + " }\n", SHARED + "\"x", "")
                        + String.format("catchError { " + resource + " }\n", SHARED + "\"; \"{", "")
                        + String.format("catchError { " + resource + " }\n", SHARED + SHARED + SHARED + SHARED, "")));
        for (String id : List.of("key", "plain-key")) {
            script.append(block(
                    id,
                    false,
                    "clusterExec 'tell " + id + "'\nclusterExec script: 'tell " + id
                            + " and fail', returnStatus: true"));
        }
        for (String id : List.of("bad-sudo", "wrong-password", "bad-key", "no-key", "nobody")) {
            script.append("catchError { " + block(id, true, "clusterExec 'tell'") + " }\n");
        }
        return script + "node { " + script.toString().replace("def r", "r") + " }";
    }

    private static String resource(String parameters) {
        return "catchError { drbdCreateResource(resource: 'r0', device: '/dev/drbd0', disk: '/dev/vdb'" + parameters
                + ") }\n";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A secret plain, quoted, in a URL, in JSON, in Base64 alone and within other data; and each line of a key. */
    private static Set<String> forms(String secret) {
        Set<String> forms = new LinkedHashSet<>();
        List<String> texts = new ArrayList<>(List.of(secret));
        if (secret.contains("\n")) {
            secret.lines().filter(line -> !line.startsWith("-----")).forEach(texts::add);
        }
        for (String text : texts) {
            forms.add(text);
            forms.add(text.replace("'", "'\\''"));
            forms.add(text.replace("\\", "\\\\").replace("\"", "\\\""));
            forms.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
            forms.add(base64(text));
        }
        String json = JsonWriter.string(secret);
        forms.add(json.substring(1, json.length() - 1));
        return forms;
    }

    /** The part of the Base64 text that does not depend on the data after the secret; also after a user name and a colon. */
    private static Set<String> inside(String secret) {
        Set<String> cores = new LinkedHashSet<>();
        secret.lines().filter(line -> !line.startsWith("-----")).forEach(line -> {
            cores.add(base64(line).replaceAll("=+$", "").replaceAll(".$", ""));
            cores.add(base64("root:" + line).substring(8).replaceAll("=+$", "").replaceAll(".$", ""));
        });
        return cores;
    }

    private void assertNoSecretIn(String where, String text) {
        secrets.forEach((name, secret) -> Stream.of(forms(secret), inside(secret))
                .flatMap(Set::stream)
                .forEach(form -> assertThat(text.contains(form))
                        .as("the %s, as %s, stands in %s: %s", name, form, where, around(text, form))
                        .isFalse()));
    }

    private static String around(String text, String form) {
        int at = text.indexOf(form);
        return at < 0 ? "" : text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 200));
    }

    private void assertNoSecretIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertNoSecretIn(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        }
    }

    private void assertThatTheNodesHadThem() {
        String all = String.join("\n", seen);
        assertThat(all)
                .contains(PASSWORD, BAD_SUDO, SHARED, "tell and fail", "drbdadm")
                .contains(KEPT_SHARED.replace("\"", "\\\""));
    }

    @Test
    void secretsAreInNoLogResultReportOrFileOfTheBuild() throws Exception {
        TestBuild build = new TestBuild(Files.createDirectory(directory.resolve("job")));
        try (AutoCloseable lookedUp = TestBuild.credentials(credentials)) {
            assertThat(lookedUp).isNotNull();
            build.run(jenkinsfile);
        }
        assertThatTheNodesHadThem();
        assertThat(build.log())
                .contains("out <********>", "shared-secret ********", "failed with exit code 10", "you said ********")
                .contains("There are no credentials 'nobody' that this build may use for the shared-secret of r0")
                .contains("options must leave the secret to the parameter sharedSecretCredentialsId")
                .contains("value [step:clusterExec, script:tell again");
        assertNoSecretIn("the build log", build.log());
        assertNoSecretIn("the log of Jenkins", logged.toString());

        ReportAction report = build.report();
        assertThat(report.getSummary()).contains("steps", "failed", "would change");
        assertNoSecretIn("the results", Json.write(report.getSteps()));
        assertNoSecretIn("the report", ReportHtml.render("secrets", report.getSteps()));
        assertNoSecretIn("the page", report.getBody());
        TestResponse live = new TestResponse();
        report.doLive(live.asResponse(), "0");
        assertNoSecretIn("the news", live.text());
        assertNoSecretIn(directory.resolve("job"));
    }

    // A separate process with all its files in one directory, including those that an agent would have on its disk
    @Test
    void secretsAreInNoFileOfTheProcess() throws Exception {
        Path home = Files.createDirectories(directory.resolve("home/tmp")).getParent();
        Path script = Files.writeString(directory.resolve("Jenkinsfile"), jenkinsfile);
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Djava.io.tmpdir=" + home.resolve("tmp"),
                        "-Duser.home=" + home,
                        "-cp",
                        absolute(System.getProperty("java.class.path")),
                        Main.class.getName(),
                        "--credentials",
                        credentials.toString(),
                        "--result",
                        "result.json",
                        "--report",
                        "report.html",
                        script.toString())
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output").toFile())
                .start();
        process.waitFor();
        assertThatTheNodesHadThem();
        assertThat(home.resolve("output")).content().contains("out <********>", "Finished: FAILURE");
        assertThat(home.resolve("result.json")).content().contains("out <********>");
        assertThat(home.resolve("report.html")).content().contains("********");
        assertNoSecretIn(home);
    }

    private static String absolute(String classPath) {
        return Stream.of(classPath.split(":"))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .reduce((one, other) -> one + ":" + other)
                .orElseThrow();
    }
}
