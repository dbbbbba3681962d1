package io.jenkins.plugins.drbdocfs2.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.engine.Engine;
import io.jenkins.plugins.drbdocfs2.engine.SshCluster;
import io.jenkins.plugins.drbdocfs2.facts.StepPosition;
import io.jenkins.plugins.drbdocfs2.operation.node.ClusterExec;
import io.jenkins.plugins.drbdocfs2.remote.ssh.Login;
import io.jenkins.plugins.drbdocfs2.result.Reaction;
import io.jenkins.plugins.drbdocfs2.support.SshNode;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OperationCallTest {
    // Like the listener of an agent, which sends its text on a flush, or seconds later
    @Test
    void logIsCompleteWhenTheCallEnds() throws Exception {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        PrintStream logger = new PrintStream(new BufferedOutputStream(sent, 1 << 16), false, StandardCharsets.UTF_8);
        try (SshNode sv1 = new SshNode("sv1")) {
            ClusterNode node = new ClusterNode("sv1", "127.0.0.1");
            node.setPort(sv1.port());
            ClusterSession session = new ClusterSession(
                    null,
                    List.of(node),
                    "root",
                    new ManuallyProvidedKeysStrategy(sv1.hostKey()),
                    false,
                    30,
                    false,
                    Reaction.NONE,
                    true,
                    null);
            try {
                new OperationCall(
                                session,
                                Map.of("sv1", new Login("root", SshNode.USER, List.of(), null, SshNode.PASSWORD)),
                                new ClusterExec("echo said", true, false, 600),
                                List.of(),
                                false,
                                Engine.Locking.NONE,
                                StepPosition.UNKNOWN,
                                false,
                                (TaskListener) () -> logger,
                                OutputStream.nullOutputStream())
                        .call();
            } finally {
                SshCluster.close(session.getId());
            }
        }

        assertThat(sent.toString(StandardCharsets.UTF_8))
                .contains("sv1| said", "clusterExec echo said: changed on sv1");
    }
}
