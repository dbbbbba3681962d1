package io.jenkins.plugins.drbdocfs2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.drbdocfs2.jenkins.AcceptFirstConnectionStrategy;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterConfiguration;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterNode;
import io.jenkins.plugins.drbdocfs2.jenkins.KnownHostsFileStrategy;
import io.jenkins.plugins.drbdocfs2.jenkins.ManuallyProvidedKeysStrategy;
import io.jenkins.plugins.drbdocfs2.jenkins.NamedCluster;
import io.jenkins.plugins.drbdocfs2.support.SshNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The clusters in the configuration of Jenkins: their form, configuration as code, and the connection test. */
@WithJenkins
class ClusterConfigurationTest {
    @TempDir
    private Path folder;

    private static NamedCluster cluster() {
        ClusterNode node = new ClusterNode("sv1", "sv1.example.org");
        node.setAddress("192.0.2.1");
        NamedCluster cluster = new NamedCluster("storage");
        cluster.setNodes(List.of(node, new ClusterNode("sv2", "192.0.2.2")));
        cluster.setCredentialsId("cluster-root");
        cluster.setHostKeys(new ManuallyProvidedKeysStrategy("ssh-ed25519 AAAA"));
        cluster.setSudo(true);
        cluster.setConnectTimeoutSeconds(9);
        return cluster;
    }

    private static void saveForm(JenkinsRule r) throws Exception {
        HtmlForm form = r.createWebClient().goTo("configure").getFormByName("config");
        r.submit(form);
    }

    @Test
    void formKeepsClusters(JenkinsRule r) throws Exception {
        ClusterConfiguration configuration = ClusterConfiguration.get();
        NamedCluster plain = new NamedCluster("other");
        plain.setNodes(List.of(new ClusterNode("n1", "192.0.2.9")));
        configuration.setClusters(List.of(cluster(), plain));
        configuration.setHostKeys(new AcceptFirstConnectionStrategy());

        saveForm(r);

        assertThat(configuration.getClusters()).hasSize(2);
        r.assertEqualDataBoundBeans(cluster(), configuration.getClusters().get(0));
        r.assertEqualDataBoundBeans(plain, configuration.getClusters().get(1));
        assertThat(configuration.getHostKeys()).isInstanceOf(AcceptFirstConnectionStrategy.class);
    }

    @Test
    void formWithoutClustersRemovesTheLastOne(JenkinsRule r) throws Exception {
        ClusterConfiguration.get().setClusters(List.of(cluster()));
        HtmlForm form = r.createWebClient().goTo("configure").getFormByName("config");
        form.getElementsByAttribute("div", "name", "clusters").forEach(chunk -> chunk.remove());

        r.submit(form);

        assertThat(ClusterConfiguration.get().getClusters()).isEmpty();
    }

    @Test
    void configurationIsSaved(JenkinsRule r) throws Exception {
        ClusterConfiguration.get().setClusters(List.of(cluster()));
        ClusterConfiguration.get().setHostKeys(new AcceptFirstConnectionStrategy());

        ClusterConfiguration read = new ClusterConfiguration();
        read.load();

        r.assertEqualDataBoundBeans(cluster(), read.getClusters().get(0));
        assertThat(read.getHostKeys()).isInstanceOf(AcceptFirstConnectionStrategy.class);
    }

    @Test
    void configurationAsCodeImportsAndExportsClusters(JenkinsRule r) throws Exception {
        String docs = Files.readString(Path.of("docs/jenkins.md"));
        String yaml = docs.substring(docs.indexOf("```yaml\n") + 8).split("```")[0];

        configure(yaml);

        ClusterConfiguration configuration = ClusterConfiguration.get();
        assertThat(configuration.getHostKeys()).isInstanceOf(KnownHostsFileStrategy.class);
        assertThat(configuration.getClusters())
                .extracting(NamedCluster::getName)
                .containsExactly("storage", "lab");
        NamedCluster storage = configuration.cluster("storage");
        assertThat(storage.getNodes())
                .extracting(ClusterNode::getAddress)
                .containsExactly("192.168.0.1", "192.168.0.2");
        assertThat(storage.getHostKeys()).isInstanceOf(ManuallyProvidedKeysStrategy.class);
        assertThat(configuration.cluster("lab").getHostKeys()).isInstanceOf(AcceptFirstConnectionStrategy.class);
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        assertThat(exported.toString(StandardCharsets.UTF_8))
                .contains(
                        "  drbdOcfs2:\n    clusters:\n    - connectTimeoutSeconds: 10\n      credentialsId: \"cluster-root\"\n")
                .contains("      hostKeys: \"acceptFirstConnection\"\n      name: \"lab\"\n");
    }

    private static void configure(String yaml) throws ConfiguratorException {
        ConfigurationAsCode.get()
                .configureWith(YamlSource.of(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void configurationAsCodeWithDuplicateNamesIsToldOnAPage(JenkinsRule r) throws Exception {
        Path yaml = Files.writeString(
                folder.resolve("jenkins.yaml"),
                """
                unclassified:
                  drbdOcfs2:
                    clusters:
                    - name: "a"
                    - name: "a"
                """);
        JenkinsRule.WebClient client = r.createWebClient();
        WebRequest replace = new WebRequest(new URL(r.getURL(), "configuration-as-code/replace"), HttpMethod.POST);
        replace.setRequestParameters(List.of(new NameValuePair("_.newSource", yaml.toString())));
        client.addCrumb(replace);

        assertThat(client.getPage(replace).getWebResponse().getStatusCode()).isEqualTo(200);

        assertThat(client.goTo("manage").asNormalizedText())
                .contains("DRBD and OCFS2 clusters that jobs cannot use", "must not be given twice, but is 'a'");
        assertThatThrownBy(() -> ClusterConfiguration.get().cluster("a")).hasMessageContaining("2 have it");
        configure(Files.readString(yaml).replaceFirst("\"a\"", "\"b\""));
        assertThat(client.goTo("manage").asNormalizedText()).doesNotContain("clusters that jobs cannot use");
    }

    @Test
    void formRefusesDuplicateNames(JenkinsRule r) throws Exception {
        ClusterConfiguration.get().setClusters(List.of(new NamedCluster("a"), new NamedCluster("a")));

        assertThatThrownBy(() -> saveForm(r))
                .isInstanceOfSatisfying(
                        FailingHttpStatusCodeException.class,
                        e -> assertThat(e.getResponse().getContentAsString()).contains("must not be given twice"));
    }

    @Test
    void connectionTestReportsEachNode(JenkinsRule r) throws Exception {
        Nodes.addCredentials();
        try (SshNode sv1 = new SshNode("sv1");
                SshNode sv2 = new SshNode("other")) {
            ClusterNode second = new ClusterNode("sv2", "127.0.0.1");
            second.setPort(sv2.port());
            NamedCluster cluster = new NamedCluster("storage");
            cluster.setNodes(List.of(Nodes.node(sv1), second));
            cluster.setCredentialsId(Nodes.CREDENTIALS);
            cluster.setHostKeys(Nodes.keysOf(sv1, sv2));
            ClusterConfiguration.get().setClusters(List.of(cluster));

            assertThat(testConnection(r, "storage"))
                    .contains("<div class=\"ok\">", "<div class=\"error\">")
                    .contains("sv1: ")
                    .contains("kernel")
                    .contains("sv2: ")
                    .contains("says &#039;other&#039;");
            assertThat(testConnection(r, "<b>x"))
                    .contains("be the name of a configured cluster (storage)")
                    .doesNotContain("<b>");
            sv1.awaitNoConnection();
        }
    }

    private static String testConnection(JenkinsRule r, String name) throws Exception {
        String descriptor = "descriptorByName/" + NamedCluster.class.getName() + "/testConnection";
        JenkinsRule.WebClient client = r.createWebClient();
        WebRequest request = new WebRequest(new URL(r.getURL(), descriptor), HttpMethod.POST);
        request.setRequestParameters(List.of(new NameValuePair("name", name)));
        client.addCrumb(request);
        return client.getPage(request).getWebResponse().getContentAsString();
    }
}
