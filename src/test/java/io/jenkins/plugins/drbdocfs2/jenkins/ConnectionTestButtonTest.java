package io.jenkins.plugins.drbdocfs2.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonWriter;
import hudson.ExtensionList;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.support.SshNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The button that tests the connections to a configured cluster. */
@Timeout(120)
class ConnectionTestButtonTest {
    @TempDir
    private Path directory;

    private final NamedCluster cluster = new NamedCluster("storage");
    private SshNode sv1;
    private SshNode sv2;
    private AutoCloseable credentials;

    @BeforeEach
    void start() throws Exception {
        sv1 = new SshNode("sv1");
        sv2 = new SshNode("other");
        credentials = TestBuild.credentials(Files.writeString(
                directory.resolve("credentials.json"),
                JsonWriter.string(Map.of(
                        "credentials",
                        List.of(Map.of("id", "root", "username", SshNode.USER, "password", SshNode.PASSWORD))))));
        cluster.setNodes(List.of(node("sv1", sv1)));
        cluster.setCredentialsId("root");
        cluster.setHostKeys(new ManuallyProvidedKeysStrategy(sv1.hostKey() + "\n" + sv2.hostKey()));
        ClusterConfiguration.get().setClusters(List.of(cluster));
    }

    @AfterEach
    void stop() throws Exception {
        ClusterConfiguration.get().setClusters(List.of());
        credentials.close();
        sv1.close();
        sv2.close();
    }

    private static ClusterNode node(String name, SshNode node) {
        ClusterNode listed = new ClusterNode(name, "127.0.0.1");
        listed.setPort(node.port());
        return listed;
    }

    private static FormValidation test(String name) throws InterruptedException {
        return ExtensionList.lookupSingleton(NamedCluster.DescriptorImpl.class).doTestConnection(name);
    }

    @Test
    void connectionTestReportsEachNodeAndClosesItsConnections() throws Exception {
        FormValidation good = test("storage");
        assertThat(good.kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(good.renderHtml()).contains("sv1: ").contains("kernel");

        cluster.setNodes(List.of(node("sv1", sv1), node("sv2", sv2)));
        FormValidation bad = test("storage");
        assertThat(bad.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(bad.renderHtml())
                .contains("sv1: ", "sv2: ", " says ", "other", "own name, or correct host and port");
        sv1.awaitNoConnection();
        sv2.awaitNoConnection();
    }

    @Test
    void connectionTestReportsWhyItCannotConnect() throws Exception {
        assertThat(test("none").renderHtml()).contains("be the name of a configured cluster (storage)", "press Apply");
        cluster.setCredentialsId("nobody");
        assertThat(test("storage").renderHtml()).contains("that Jenkins may use for the node sv1");
        cluster.setCredentialsId("root");
        cluster.setHostKeys(new ManuallyProvidedKeysStrategy(sv2.hostKey()));
        assertThat(test("storage").kind).isEqualTo(FormValidation.Kind.ERROR);
    }
}
