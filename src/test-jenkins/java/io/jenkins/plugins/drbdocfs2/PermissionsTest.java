package io.jenkins.plugins.drbdocfs2;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterConfiguration;
import io.jenkins.plugins.drbdocfs2.jenkins.NamedCluster;
import io.jenkins.plugins.drbdocfs2.steps.DrbdPromoteStep;
import java.lang.reflect.Method;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Form requests: Jenkins accepts them only by POST and from users who may configure. */
@WithJenkins
class PermissionsTest {
    private JenkinsRule r;
    private FreeStyleProject job;
    private final Map<String, JenkinsRule.WebClient> clients = new HashMap<>();

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        r = rule;
        job = r.createFreeStyleProject("web");
        Nodes.addCredentials();
        ClusterConfiguration.get().setClusters(List.of(new NamedCluster("storage")));
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "configurer")
                .grant(Item.CONFIGURE, Item.EXTENDED_READ)
                .everywhere()
                .to("configurer")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
    }

    /** A method that a form calls: its descriptor, and its name in the URL. */
    private record Asked(String descriptor, String name) {
        String path() {
            return "descriptorByName/" + descriptor + "/" + name;
        }
    }

    private List<Asked> asked() {
        List<Asked> all = new ArrayList<>();
        for (Descriptor<?> descriptor : r.jenkins.getExtensionList(Descriptor.class)) {
            if (descriptor.getClass().getName().startsWith("io.jenkins.plugins.drbdocfs2.")) {
                Stream.of(descriptor.getClass().getMethods())
                        .filter(method -> method.getName().matches("do[A-Z].*")
                                && (method.getReturnType() == FormValidation.class
                                        || ListBoxModel.class.isAssignableFrom(method.getReturnType())))
                        .map(Method::getName)
                        .distinct()
                        .forEach(name -> all.add(new Asked(
                                descriptor.getId(), Character.toLowerCase(name.charAt(2)) + name.substring(3))));
            }
        }
        return all;
    }

    private WebResponse ask(String user, HttpMethod method, String path, String... parameters) throws Exception {
        JenkinsRule.WebClient client = r.createWebClient().login(user).withThrowExceptionOnFailingStatusCode(false);
        WebRequest request = new WebRequest(new URL(r.getURL(), path), method);
        List<NameValuePair> pairs = new ArrayList<>();
        for (int i = 0; i < parameters.length; i += 2) {
            pairs.add(new NameValuePair(parameters[i], parameters[i + 1]));
        }
        request.setRequestParameters(pairs);
        if (method == HttpMethod.POST) {
            client.addCrumb(request);
        }
        return client.getPage(request).getWebResponse();
    }

    @Test
    void formRequestsByGetAreRefused() throws Exception {
        assertThat(asked()).hasSizeGreaterThan(60);
        for (Asked asked : asked()) {
            int status = ask("admin", HttpMethod.GET, job.getUrl() + asked.path(), "value", "x")
                    .getStatusCode();
            assertThat(status).as(asked.toString()).isIn(404, 405);
        }
    }

    // A value that no field accepts
    @Test
    void usersWithoutConfigurePermissionGetNoAnswer() throws Exception {
        for (Asked asked : asked()) {
            if (asked.name().startsWith("check")) {
                WebResponse answer =
                        ask("reader", HttpMethod.POST, job.getUrl() + asked.path(), "value", "\u0001 no value");
                assertThat(answer.getStatusCode()).as(asked.toString()).isEqualTo(200);
                assertThat(answer.getContentAsString()).as(asked.toString()).isEqualTo("<div/>");
            }
        }
        String promote = job.getUrl() + "descriptorByName/" + DrbdPromoteStep.class.getName() + "/checkResource";
        assertThat(ask("configurer", HttpMethod.POST, promote, "value", "no value")
                        .getContentAsString())
                .contains("class=\"error\"", "resource");
        assertThat(ask("configurer", HttpMethod.POST, promote, "value", "r0").getContentAsString())
                .isEqualTo("<div/>");
    }

    @Test
    void credentialsAndClustersAreOfferedToUsersWhoMayConfigure() throws Exception {
        String step = job.getUrl() + "descriptorByName/io.jenkins.plugins.drbdocfs2.steps.WithClusterNodesStep/";
        for (String what : List.of("CredentialsId", "Cluster")) {
            String field = Character.toLowerCase(what.charAt(0)) + what.substring(1);
            String path = step + "fill" + what + "Items";
            String known = what.equals("Cluster") ? "storage" : Nodes.CREDENTIALS;
            assertThat(ask("configurer", HttpMethod.POST, path, field, "").getContentAsString())
                    .contains("\"value\":\"" + known + "\"");
            assertThat(ask("reader", HttpMethod.POST, path, field, "current").getContentAsString())
                    .doesNotContain(known)
                    .contains("\"value\":\"current\"");
        }
    }

    @Test
    void onlyAdministratorsCanTestConnections() throws Exception {
        String path = "descriptorByName/" + NamedCluster.class.getName() + "/testConnection";
        assertThat(ask("reader", HttpMethod.POST, path, "name", "storage").getStatusCode())
                .isEqualTo(403);
        assertThat(ask("configurer", HttpMethod.POST, path, "name", "storage").getStatusCode())
                .isEqualTo(403);
        assertThat(ask("admin", HttpMethod.POST, path, "name", "storage").getContentAsString())
                .contains("class=\"error\"", "nodes");
        assertThat(ask("admin", HttpMethod.GET, path, "name", "storage").getStatusCode())
                .isIn(404, 405);
    }
}
