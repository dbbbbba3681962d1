package io.jenkins.plugins.drbdocfs2.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.result.RunningStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.Page;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The report of a build in Jenkins: its views, its data, its permissions and its file. */
@WithJenkins
class ReportActionTest {
    private static final String HOSTILE = "</pre><script>document.title='x'</script><img src=x onerror=alert(1)>";

    private JenkinsRule jenkins;
    private FreeStyleProject project;
    private FreeStyleBuild build;

    @BeforeEach
    void build(JenkinsRule rule) throws Exception {
        jenkins = rule;
        project = rule.createFreeStyleProject("web");
        build = rule.buildAndAssertSuccess(project);
        begin("clusterExec", "noise").ended(result("clusterExec", true, HOSTILE + "x".repeat(2_000_000)));
        begin("drbdStatus", "r0").ended(result("drbdStatus", false, ""));
    }

    private ReportedStep begin(String step, String resource) {
        RunningStep live = new RunningStep(step, Map.of("resource", resource), false, List.of("sv1"), text -> text);
        return ReportedStep.begin(build, TaskListener.NULL, live);
    }

    private static Map<String, Object> result(String step, boolean changed, String stdout) {
        Map<String, Object> command = new LinkedHashMap<>();
        command.put("command", "make noise");
        command.put("exitCode", 0);
        command.put("stdout", stdout);
        command.put("stderr", "");
        command.put("durationMillis", 5);
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("changed", changed);
        node.put("role", "Primary");
        node.put("disk", "UpToDate");
        node.put("commands", stdout.isEmpty() ? List.of() : List.of(command));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("step", step);
        result.put("resource", "r0");
        result.put("changed", changed);
        result.put("dryRun", false);
        result.put("durationMillis", 7);
        result.put("nodes", Map.of("sv1", node));
        return result;
    }

    // ReportPageBrowserTest tests the script of the page in a real browser
    private JenkinsRule.WebClient client() {
        return jenkins.createWebClient().withJavaScriptEnabled(false);
    }

    @Test
    void pageShowsPictureAndSteps() throws Exception {
        HtmlPage page = client().getPage(build, "drbd-ocfs2/");
        jenkins.assertXPath(page, "//*[name()='svg' and @role='img']");
        assertEquals(2, page.getByXPath("//li[starts-with(@id, 'drbd-step-')]").size());
        jenkins.assertXPath(page, "//div[@id='side-panel']//a[contains(@href, '/job/web/1/console')]");
        jenkins.assertXPath(page, "//div[@id='drbd-live' and @data-url='live' and @data-live='false']");
        jenkins.assertXPath(page, "//head//script[contains(@src, 'io/jenkins/plugins/drbdocfs2/report/report.js')]");
        jenkins.assertXPath(page, "//head//link[contains(@href, 'io/jenkins/plugins/drbdocfs2/report/report.css')]");
        assertTrue(page.getTitleText().contains("web #1: DRBD and OCFS2"), page.getTitleText());
    }

    @Test
    void buildPageLinksToTheReport() throws Exception {
        HtmlPage page = client().getPage(build);
        jenkins.assertXPath(page, "//*[@id='main-panel']//a[@href='drbd-ocfs2/']");
        jenkins.assertXPath(page, "//div[@id='side-panel']//a[contains(@href, '/job/web/1/drbd-ocfs2')]");
        assertTrue(page.asNormalizedText().contains("2 steps: 1 changed, 1 unchanged"));
    }

    @Test
    void pageEscapesHostileOutput() throws Exception {
        HtmlPage page = client().getPage(build, "drbd-ocfs2/");
        assertEquals(
                0,
                page.getByXPath("//*[@id='drbd-live']//script | //*[@id='drbd-live']//img")
                        .size());
        assertTrue(page.getElementById("drbd-step-1").getTextContent().contains("<script>document.title='x'</script>"));
    }

    @Test
    void pageIsSmallAndServesTheWholeOutputAsPlainText() throws Exception {
        WebResponse page = client().getPage(build, "drbd-ocfs2/").getWebResponse();
        assertTrue(page.getContentLength() < 1_100_000, "the report and what Jenkins has around it");
        Page output = client().goTo(
                        build.getUrl() + "drbd-ocfs2/output?step=1&node=sv1&command=1&stream=stdout", "text/plain");
        assertEquals("nosniff", output.getWebResponse().getResponseHeaderValue("X-Content-Type-Options"));
        assertTrue(output.getWebResponse().getContentAsString().startsWith(HOSTILE + "xxx"));
        assertEquals(
                HOSTILE.length() + 2_000_000,
                output.getWebResponse().getContentAsString().length());
        assertEquals(404, status(client(), "drbd-ocfs2/output?step=9"));
    }

    @Test
    void apiReturnsTheSameData() throws Exception {
        JSONObject own = jenkins.getJSON(build.getUrl() + "drbd-ocfs2/api/json").getJSONObject();
        assertEquals("2 steps: 1 changed, 1 unchanged", own.getString("summary"));
        JSONObject step = own.getJSONArray("steps").getJSONObject(0);
        assertEquals("clusterExec", step.getString("step"));
        JSONObject sv1 = step.getJSONObject("nodes").getJSONObject("sv1");
        assertEquals("Primary", sv1.getString("role"));
        assertEquals(0, sv1.getJSONArray("commands").getJSONObject(0).getInt("exitCode"));
        JSONObject ofBuild = jenkins.getJSON(build.getUrl() + "api/json").getJSONObject();
        assertTrue(ofBuild.getJSONArray("actions").toString().contains("2 steps: 1 changed, 1 unchanged"));
        assertFalse(ofBuild.toString().contains("make noise"));
    }

    @Test
    void pageShowsProgressWhileAStepRuns() throws Exception {
        ReportedStep running = begin("drbdWaitSync", "r0");
        String url = build.getUrl() + "drbd-ocfs2/live?at=";
        JSONObject news = jenkins.getJSON(
                        url + build.getAction(ReportAction.class).getAt())
                .getJSONObject();
        assertTrue(news.getJSONObject("steps").getString("drbd-step-3").contains("running"));
        running.aborted("Aborted by alice");
        news = jenkins.getJSON(url + news.getLong("at")).getJSONObject();
        assertTrue(news.getJSONObject("steps").getString("drbd-step-3").contains("Aborted by alice"));
        assertFalse(news.getBoolean("live"));
    }

    @Test
    void reportIsStoredBesideTheBuild() throws Exception {
        Path directory = build.getRootDir().toPath();
        assertTrue(Files.size(directory.resolve("drbd-ocfs2-steps.jsonl")) > 2_000_000);
        String xml = Files.readString(directory.resolve("build.xml"));
        assertTrue(xml.contains(ReportAction.class.getName()), xml);
        assertFalse(xml.contains("clusterExec"), xml);
        assertFalse(xml.contains("Primary"), xml);
    }

    @Test
    void reportSurvivesAReload() throws Exception {
        jenkins.jenkins.reload();
        FreeStyleBuild loaded =
                jenkins.jenkins.getItemByFullName("web", FreeStyleProject.class).getBuildByNumber(1);
        assertNotSame(build, loaded);
        ReportAction report = loaded.getAction(ReportAction.class);
        assertNotNull(report);
        assertEquals("2 steps: 1 changed, 1 unchanged", report.getSummary());
        assertEquals(200, status(client(), "drbd-ocfs2/"));
    }

    @Test
    void reportIsDeletedWithTheBuild() throws IOException {
        Path file = build.getRootDir().toPath().resolve("drbd-ocfs2-steps.jsonl");
        build.delete();
        assertFalse(Files.exists(file));
        assertNull(project.getBuildByNumber(1));
    }

    @Test
    void onlyUsersWhoMaySeeTheBuildSeeTheReport() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("alice", "bob")
                .grant(Item.READ)
                .everywhere()
                .to("alice"));
        for (String path : List.of("", "live?at=0", "output?step=1", "api/json")) {
            assertEquals(200, status(client().login("alice"), "drbd-ocfs2/" + path), path);
            assertEquals(404, status(client().login("bob"), "drbd-ocfs2/" + path), path);
        }
    }

    private int status(JenkinsRule.WebClient client, String path) throws Exception {
        return client.withThrowExceptionOnFailingStatusCode(false)
                .goTo(build.getUrl() + path, null)
                .getWebResponse()
                .getStatusCode();
    }
}
