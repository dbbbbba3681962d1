package io.jenkins.plugins.drbdocfs2.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.drbdocfs2.remote.ssh.ScriptedNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What findings of steps do to the result of the build. */
@Timeout(120)
class BuildResultTest {
    @TempDir
    private Path directory;

    private ScriptedNode node;
    private AutoCloseable credentials;
    private TestBuild build;

    @BeforeEach
    void start() throws Exception {
        node = new ScriptedNode(
                "sv1", (script, out, err) -> 0, (user, password, session) -> password.equals("pw"), null);
        credentials = TestBuild.credentials(Files.writeString(
                directory.resolve("credentials.json"),
                "{\"credentials\": [{\"id\": \"root\", \"username\": \"root\", \"password\": \"pw\"}]}"));
        build = new TestBuild(Files.createDirectory(directory.resolve("job")));
    }

    @AfterEach
    void stop() throws Exception {
        credentials.close();
        node.close();
    }

    private Result run(String parameters, String steps) {
        return build.run("withClusterNodes(nodes: [" + node.inJenkinsfile()
                + "], credentialsId: 'root', hostKeys: noHostKeyVerification(), " + parameters + ") {\n" + steps
                + "\n}");
    }

    @Test
    void driftMakesTheBuildUnstableAndTheNextStepRuns() {
        assertThat(run("dryRun: true, onDrift: 'unstable'", "clusterExec 'one'\necho 'afterwards'"))
                .isEqualTo(Result.UNSTABLE);
        assertThat(build.log())
                .contains(
                        "WARNING: clusterExec: the nodes differ from the Jenkinsfile, this step would change sv1",
                        "afterwards");
    }

    @Test
    void driftFailsTheBuildAndTheNextStepRuns() {
        assertThat(run("dryRun: true, onDrift: 'fail'", "clusterExec 'one'\necho 'afterwards'"))
                .isEqualTo(Result.FAILURE);
        assertThat(build.log()).contains("afterwards");
    }

    @Test
    void withoutDriftTheBuildSucceeds() {
        assertThat(run("dryRun: true, onDrift: 'unstable'", "clusterExec script: 'one', changed: false"))
                .isEqualTo(Result.SUCCESS);
    }

    @Test
    void driftHasNoEffectUnlessAskedForOrWithoutADryRun() {
        assertThat(run("dryRun: true", "clusterExec 'one'")).isEqualTo(Result.SUCCESS);
        assertThat(run("onDrift: 'fail'", "clusterExec 'one'")).isEqualTo(Result.SUCCESS);
    }

    @Test
    void refusesAnotherWord() {
        assertThat(run("onDrift: 'unstabel'", "echo 'x'")).isEqualTo(Result.FAILURE);
        assertThat(build.log()).contains("onDrift must be none, unstable or fail, but is 'unstabel'");
    }
}
