package io.jenkins.plugins.drbdocfs2.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.steps.WithClusterNodesStep;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The settings of a withClusterNodes block: its own, otherwise those of the cluster, otherwise the global ones. */
class ClusterSessionTest {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJkTmtkJwmcR7Kz6mBDsTNkR8A9lDFyAPDMKBLWdLMz1";

    private final WithClusterNodesStep step = new WithClusterNodesStep();
    private final NamedCluster cluster = new NamedCluster("storage");

    @BeforeEach
    void configure() {
        ClusterNode second = new ClusterNode("sv2", "sv2.example.org");
        second.setAddress("10.0.0.2");
        second.setCredentialsId("own");
        cluster.setNodes(List.of(new ClusterNode("sv1", "sv1.example.org"), second));
        cluster.setCredentialsId("of-the-cluster");
        ClusterConfiguration.get().setClusters(List.of(cluster));
    }

    @AfterEach
    void forget() {
        ClusterConfiguration.get().setClusters(List.of());
        ClusterConfiguration.get().setHostKeys(null);
    }

    private ClusterSession session() {
        return ClusterSession.of(step, false, null, true, null);
    }

    @Test
    void namedClusterSuppliesValuesMissingInTheBlock() {
        cluster.setSudo(true);
        cluster.setConnectTimeoutSeconds(9);
        cluster.setHostKeys(new AcceptFirstConnectionStrategy());
        step.setCluster("storage");

        ClusterSession session = session();

        assertThat(session.getNodes())
                .extracting(Node::name, Node::address)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("sv1", "sv1.example.org"),
                        org.assertj.core.groups.Tuple.tuple("sv2", "10.0.0.2"));
        assertThat(session.getCredentialsIds())
                .containsEntry("sv1", "of-the-cluster")
                .containsEntry("sv2", "own");
        assertThat(session.isSudo()).isTrue();
        assertThat(session.getConnectTimeoutSeconds()).isEqualTo(9);
        assertThat(session.getHostKeys()).isInstanceOf(AcceptFirstConnectionStrategy.class);
    }

    @Test
    void valuesOfTheBlockOverrideThoseOfTheCluster() {
        cluster.setConnectTimeoutSeconds(9);
        cluster.setHostKeys(new AcceptFirstConnectionStrategy());
        step.setCluster("storage");
        step.setCredentialsId("of-the-job");
        step.setConnectTimeoutSeconds(3);
        step.setHostKeys(new NoHostKeyVerificationStrategy());
        step.setSudo(true);

        ClusterSession session = session();

        assertThat(session.getCredentialsIds())
                .containsEntry("sv1", "of-the-job")
                .containsEntry("sv2", "own");
        assertThat(session.getConnectTimeoutSeconds()).isEqualTo(3);
        assertThat(session.getHostKeys()).isInstanceOf(NoHostKeyVerificationStrategy.class);
        assertThat(session.isSudo()).isTrue();
    }

    @Test
    void globalHostKeysAndThirtySecondsAreTheDefault() {
        ClusterConfiguration.get().setHostKeys(new ManuallyProvidedKeysStrategy(KEY));
        step.setCluster("storage");

        assertThat(session().getHostKeys()).isInstanceOf(ManuallyProvidedKeysStrategy.class);
        assertThat(session().getConnectTimeoutSeconds()).isEqualTo(30);
        ClusterConfiguration.get().setHostKeys(null);
        assertThat(session().getHostKeys()).isInstanceOf(KnownHostsFileStrategy.class);
    }

    @Test
    void invalidValuesAreReported() {
        assertRefused("nodes ");
        step.setCluster("other");
        assertRefused("cluster must be the name of a configured cluster (storage), but is 'other'");
        step.setCluster("storage");
        step.setNodes(List.of(new ClusterNode("sv1", "h")));
        assertRefused("cluster must be given alone, without nodes");
        step.setCluster(null);
        step.setNodes(List.of(new ClusterNode("sv1", "h"), new ClusterNode("sv1", "i")));
        assertRefused("sv1");
        step.setNodes(List.of(new ClusterNode(null, "h")));
        assertRefused("name");
        step.setNodes(List.of(new ClusterNode("sv1", "h")));
        step.setConnectTimeoutSeconds(0);
        assertRefused("connectTimeoutSeconds");
        step.setConnectTimeoutSeconds(null);
        step.setHostKeys(new ManuallyProvidedKeysStrategy("no key"));
        assertThatThrownBy(this::session).isInstanceOf(IllegalArgumentException.class);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::session)
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining(message);
    }

    @Test
    void connectionsOfTwoBlocksAreDistinct() {
        step.setCluster("storage");
        assertThat(session().getId()).isNotEqualTo(session().getId());
    }
}
