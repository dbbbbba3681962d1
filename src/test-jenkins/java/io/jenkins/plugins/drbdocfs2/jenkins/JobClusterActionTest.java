package io.jenkins.plugins.drbdocfs2.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.result.RunningStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The page of a job in Jenkins: its view, its data and its permissions. */
@WithJenkins
class JobClusterActionTest {
    private JenkinsRule jenkins;
    private FreeStyleProject project;

    @BeforeEach
    void job(JenkinsRule rule) throws Exception {
        jenkins = rule;
        project = rule.createFreeStyleProject("web");
    }

    private FreeStyleBuild build(String disk) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(project);
        RunningStep live =
                new RunningStep("drbdPromote", Map.of("resource", "r0"), false, List.of("sv1"), text -> text);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("step", "drbdPromote");
        result.put("cluster", "paris");
        result.put("resource", "r0");
        result.put("changed", false);
        result.put("dryRun", false);
        result.put("durationMillis", 1500);
        result.put("nodes", Map.of("sv1", Map.of("changed", false, "up", true, "role", "Primary", "disk", disk)));
        ReportedStep.begin(build, TaskListener.NULL, live).ended(result);
        return build;
    }

    private JenkinsRule.WebClient client() {
        return jenkins.createWebClient().withJavaScriptEnabled(false);
    }

    @Test
    void jobWithoutAReportHasNoPage() throws Exception {
        jenkins.buildAndAssertSuccess(project);
        assertNull(project.getAction(JobClusterAction.class));
        assertEquals(404, status(client()));
    }

    @Test
    void sidePanelLinksToThePageAndThePageToTheBuilds() throws Exception {
        build("Failed");
        build("UpToDate");
        assertNotNull(project.getAction(JobClusterAction.class));
        jenkins.assertXPath(
                client().getPage(project), "//div[@id='side-panel']//a[contains(@href, '/job/web/drbd-ocfs2')]");
        HtmlPage page = client().getPage(project, "drbd-ocfs2/");
        jenkins.assertXPath(page, "//*[name()='svg' and @role='img']");
        jenkins.assertXPath(page, "//div[@id='side-panel']//a[contains(@href, '/job/web/build')]");
        jenkins.assertXPath(page, "//head//link[contains(@href, 'io/jenkins/plugins/drbdocfs2/report/report.css')]");
        assertTrue(page.getTitleText().contains("web: DRBD and OCFS2"), page.getTitleText());
        HtmlPage report = page.getAnchorByHref("../1/drbd-ocfs2/").click();
        assertTrue(
                report.getUrl().getPath().endsWith("/job/web/1/drbd-ocfs2/"),
                report.getUrl().getPath());
    }

    @Test
    void apiReturnsTheSameData() throws Exception {
        build("Failed");
        build("UpToDate");
        JSONObject data =
                jenkins.getJSON(project.getUrl() + "drbd-ocfs2/api/json").getJSONObject();
        JSONObject cluster = data.getJSONArray("clusters").getJSONObject(0);
        assertEquals("paris", cluster.getString("name"));
        assertEquals("healthy", cluster.getString("health"));
        assertEquals(2, cluster.getInt("build"));
        assertEquals(2, data.getJSONArray("builds").size());
        assertEquals("degraded", data.getJSONArray("builds").getJSONObject(1).getString("health"));
    }

    @Test
    void deletedBuildDropsOut() throws Exception {
        FreeStyleBuild first = build("Failed");
        build("UpToDate");
        first.delete();
        JSONObject data =
                jenkins.getJSON(project.getUrl() + "drbd-ocfs2/api/json").getJSONObject();
        assertEquals(1, data.getJSONArray("builds").size());
    }

    @Test
    void onlyUsersWhoMaySeeTheJobSeeThePage() throws Exception {
        build("UpToDate");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("alice", "bob")
                .grant(Item.READ)
                .everywhere()
                .to("alice"));
        assertEquals(200, status(client().login("alice")));
        assertEquals(404, status(client().login("bob")));
    }

    private int status(JenkinsRule.WebClient client) throws Exception {
        return client.withThrowExceptionOnFailingStatusCode(false)
                .goTo(project.getUrl() + "drbd-ocfs2/", null)
                .getWebResponse()
                .getStatusCode();
    }
}
