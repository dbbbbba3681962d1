package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Failed logins with a real sshd, PAM, login shell and sudo, and unreachable nodes. */
@TestMethodOrder(OrderAnnotation.class)
class FailedLoginsLabIT {
    private static final List<String> USERS =
            List.of("expired", "nologin", "noshell", "forced", "waits", "ended", "both");

    /** Users on sv1, each with another obstacle; all have the lab's key and may use sudo. */
    private static final String OBSTACLES =
            """
            for u in %s; do
              useradd -m -s /bin/bash $u; install -d -m 0700 -o $u /home/$u/.ssh
              install -m 0600 -o $u /home/ops/.ssh/authorized_keys /home/$u/.ssh
              echo "$u ALL=(ALL) NOPASSWD: ALL" > /etc/sudoers.d/$u
            done
            chage -d 0 expired
            usermod -s /usr/sbin/nologin nologin
            usermod -s /bin/false noshell
            sed -i 's/^/command="echo choose from the menu" /' /home/forced/.ssh/authorized_keys
            echo 'exec cat > /tmp/read' > /home/waits/.bashrc
            chage -E 0 ended
            printf 'Match User both\\n  AuthenticationMethods publickey,password\\n' >> /etc/ssh/sshd_config
            systemctl restart ssh
            """
                    .formatted(String.join(" ", USERS));

    @AutoClose
    private static Lab lab;

    @BeforeAll
    static void up() throws IOException {
        lab = Lab.up("sv1", "sv2");
        lab.ssh(1, OBSTACLES);
        Path credentials = lab.file("credentials.json");
        String text = Files.readString(credentials);
        String ops = text.lines()
                .filter(line -> line.contains("\"lab-ops\""))
                .findFirst()
                .orElseThrow();
        String more = USERS.stream()
                .map(user -> ops.replace("lab-ops", "lab-" + user).replace("\"ops\"", "\"" + user + "\"") + "\n")
                .collect(Collectors.joining());
        Files.writeString(credentials, text.replace(ops, more + ops));
    }

    /** The lines of the failed build about the login of a user. */
    private static String of(String user, LabBuild build) {
        return build.log()
                .lines()
                .filter(line -> line.contains("user " + user + ")"))
                .collect(Collectors.joining("\n"));
    }

    @Test
    @Order(1)
    void reportsWhatKeepsAScriptFromStartingWithItsOwnOutput() {
        String steps = USERS.stream()
                .map(user ->
                        "catchError { withClusterNodes(nodes: [[name: 'sv1', host: '127.0.0.1', port: 2201]], sudo: true,"
                                + " connectTimeoutSeconds: 6, credentialsId: 'lab-" + user
                                + "') { clusterExec 'true' } }\n")
                .collect(Collectors.joining());
        LabBuild build = LabBuild.start(lab, steps).fails();

        assertThat(build.log()).doesNotContain("sudo said");
        assertThat(of("expired", build))
                .contains("the script did not start: the user's login shell", "Password change required but no TTY")
                .contains("has expired on the node");
        assertThat(of("nologin", build))
                .contains("This account is currently not available.", "Give nologin a login shell");
        assertThat(of("noshell", build)).contains("It said: nothing (exit code 1)");
        assertThat(of("forced", build)).contains("It said: \"choose from the menu\" (exit code 0)", "command= in");
        assertThat(of("waits", build))
                .contains("the script did not start within 6 s", "start files (such as ~/.bashrc)");
        assertThat(of("ended", build)).contains("in the login", "The server said: \"Your account has expired");
        assertThat(of("both", build))
                .contains(
                        "the node accepted the private key of the credentials lab-both for both, and also requires a password (password), which they have not");
        assertThat(lab.ssh(1, "cat /tmp/read"))
                .as("the input that the start file read")
                .isEmpty();
    }

    private static LabBuild statuses() {
        LabBuild build = LabBuild.start(
                        lab,
                        LabBuild.withNodes(
                                2,
                                "credentialsId: 'lab-root', connectTimeoutSeconds: 6",
                                "drbdStatus()\nocfs2Status()\n"
                                        + "def r = drbdStatus()\nassert !r.complete && !r.nodes.sv2.reachable\n"
                                        + "clusterExec 'true'"))
                .fails();
        for (String step : new String[] {"drbdStatus", "ocfs2Status"}) {
            assertThat(build.last(step).getBoolean("complete")).isFalse();
            assertThat(build.last(step, "sv1").getBoolean("reachable")).isTrue();
            JsonObject sv2 = build.last(step, "sv2");
            assertThat(sv2.getBoolean("reachable")).isFalse();
            assertThat(sv2.getString("reason"))
                    .contains("Connecting to sv2 (127.0.0.1:" + Lab.port(2) + ", user root)");
        }
        assertThat(build.last("drbdStatus", "sv1").getBoolean("stateKnown")).isTrue();
        assertThat(build.log()).contains("To go on without sv2: nodes: 'sv1'");
        return build;
    }

    @Test
    @Order(2)
    void reportsAnUnknownKeyExchangeAndStatusContinues() {
        lab.ssh(
                2,
                "echo 'KexAlgorithms sntrup761x25519-sha512@openssh.com' > /etc/ssh/sshd_config.d/pq.conf;"
                        + " systemctl restart ssh");
        assertThat(statuses().last("drbdStatus", "sv2").getString("reason"))
                .contains("This client does not know sntrup761x25519-sha512@openssh.com", "(KexAlgorithms)")
                .doesNotContain("weak");
    }

    @Test
    @Order(3)
    void statusReportsTheSurvivorAfterACrash() {
        lab.lab("kill", "2");
        statuses();
    }
}
