package io.jenkins.plugins.drbdocfs2.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.drbdocfs2.remote.ssh.ScriptedNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two builds that change the same nodes. */
@Timeout(120)
class ClusterLocksTest {
    @TempDir
    private Path directory;

    private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private ScriptedNode sv1;
    private ScriptedNode sv2;
    private AutoCloseable credentials;
    private TestBuild first;
    private TestBuild second;

    @BeforeEach
    void start() throws Exception {
        sv1 = node("sv1");
        sv2 = node("sv2");
        credentials = TestBuild.credentials(Files.writeString(
                directory.resolve("credentials.json"),
                "{\"credentials\": [{\"id\": \"root\", \"username\": \"root\", \"password\": \"pw\"}]}"));
        first = build("first");
        second = build("second");
    }

    private ScriptedNode node(String name) throws Exception {
        return new ScriptedNode(
                name,
                (script, out, err) -> {
                    begun.add(script);
                    if (script.equals("long")) {
                        end.await();
                    }
                    return 0;
                },
                (user, password, session) -> password.equals("pw"),
                null);
    }

    private TestBuild build(String job) throws Exception {
        return new TestBuild(job, Files.createDirectory(directory.resolve(job)));
    }

    @AfterEach
    void stop() throws Exception {
        end.countDown();
        credentials.close();
        sv1.close();
        sv2.close();
    }

    private static String block(String parameters, List<ScriptedNode> nodes, String steps) {
        return "withClusterNodes(nodes: "
                + nodes.stream().map(ScriptedNode::inJenkinsfile).toList()
                + ", credentialsId: 'root', hostKeys: noHostKeyVerification()" + parameters + ") {\n" + steps + "\n}";
    }

    private void awaitLog(TestBuild build, String words) throws InterruptedException {
        while (!build.log().contains(words)) {
            Thread.sleep(20); // the log of a build sends no event
        }
    }

    private String nextScript() throws InterruptedException {
        String script = begun.take();
        return script.length() > 10 ? nextScript() : script;
    }

    @Test
    void theSecondBuildSaysWhichBuildItWaitsForAndChangesAfterIt() throws Exception {
        CompletableFuture<Result> one = first.start(block("", List.of(sv1, sv2), "clusterExec 'long'"));
        assertThat(nextScript()).isEqualTo("long");
        CompletableFuture<Result> other = second.start(block("", List.of(sv2), "clusterExec 'other'"));
        awaitLog(second, "clusterExec: waiting for first #1, which changes sv2");
        assertThat(sv2.scripts()).doesNotContain("other");

        end.countDown();
        assertThat(one.get()).isEqualTo(Result.SUCCESS);
        assertThat(other.get()).isEqualTo(Result.SUCCESS);
        assertThat(sv2.scripts()).contains("long", "other");
    }

    @Test
    void stepsThatOnlyLookDoNotWait() throws Exception {
        CompletableFuture<Result> one = first.start(block("", List.of(sv1), "clusterExec 'long'"));
        assertThat(nextScript()).isEqualTo("long");
        assertThat(second.run(block("", List.of(sv1), "clusterExec script: 'look', changed: false")))
                .isEqualTo(Result.SUCCESS);
        assertThat(one).isNotDone();
    }

    @Test
    void aDryRunDoesNotWait() throws Exception {
        CompletableFuture<Result> one = first.start(block("", List.of(sv1), "clusterExec 'long'"));
        assertThat(nextScript()).isEqualTo("long");
        assertThat(second.run(block(", dryRun: true", List.of(sv1), "clusterExec 'other'")))
                .isEqualTo(Result.SUCCESS);
        assertThat(one).isNotDone();
    }

    @Test
    void withoutExclusiveNobodyWaits() throws Exception {
        CompletableFuture<Result> one = first.start(block("", List.of(sv1), "clusterExec 'long'"));
        assertThat(nextScript()).isEqualTo("long");
        assertThat(second.run(block(", exclusive: false", List.of(sv1), "clusterExec 'other'")))
                .isEqualTo(Result.SUCCESS);
        assertThat(one).isNotDone();
    }

    @Test
    void branchesAndBlocksOfOneBuildDoNotWaitForEachOther() {
        assertThat(first.run(block(
                        "",
                        List.of(sv1, sv2),
                        "parallel(a: { clusterExec 'a' }, b: {\n" + block("", List.of(sv1), "clusterExec 'b'")
                                + " })")))
                .isEqualTo(Result.SUCCESS);
        assertThat(sv1.scripts()).contains("a", "b");
    }

    @Test
    void aWaitingBuildCanBeAborted() throws Exception {
        CompletableFuture<Result> one = first.start(block("", List.of(sv1), "clusterExec 'long'"));
        assertThat(nextScript()).isEqualTo("long");
        CompletableFuture<Result> other = second.start(block("", List.of(sv1), "clusterExec 'other'"));
        awaitLog(second, "waiting for first #1");
        second.abort();
        assertThat(other.get()).isEqualTo(Result.ABORTED);
        assertThat(one).isNotDone();
        end.countDown();
        assertThat(one.get()).isEqualTo(Result.SUCCESS);
        assertThat(sv1.scripts()).doesNotContain("other");
    }

    @Test
    void buildsThatWouldWaitForEachOtherForEverAreTold() throws Exception {
        CompletableFuture<Result> one = first.start(
                block("", List.of(sv1), "clusterExec 'long'\n" + block("", List.of(sv2), "clusterExec 'inner'")));
        assertThat(nextScript()).isEqualTo("long");
        CompletableFuture<Result> other = second.start(
                block("", List.of(sv2), "clusterExec 'mine'\n" + block("", List.of(sv1), "clusterExec 'inner'")));
        awaitLog(second, "waiting for first #1, which changes sv1");
        end.countDown();
        assertThat(one.get()).isEqualTo(Result.FAILURE);
        assertThat(first.log()).contains("waiting for second #1, which changes sv2, and that build waits for this one");
        assertThat(other.get()).isEqualTo(Result.SUCCESS);
    }
}
