package io.jenkins.plugins.drbdocfs2;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.drbdocfs2.browser.Browser;
import io.jenkins.plugins.drbdocfs2.browser.BrowserPage;
import io.jenkins.plugins.drbdocfs2.freestyle.ClusterBuilder;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterConfiguration;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterNode;
import io.jenkins.plugins.drbdocfs2.jenkins.NamedCluster;
import io.jenkins.plugins.drbdocfs2.steps.ClusterMountStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdCreateResourceStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdStatusStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdVolume;
import io.jenkins.plugins.drbdocfs2.steps.NodeDisk;
import io.jenkins.plugins.drbdocfs2.support.SshNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Pages of Jenkins in a browser. A Jenkins with a content security policy enforces it. With -Dmanual=write this also saves the
 * manual's screenshot of a form.
 */
@WithJenkins
@Timeout(300)
class BrowserTest {
    @RegisterExtension
    private static final Browser BROWSER = new Browser();

    @BeforeAll
    static void enforceThePolicy() {
        // from Jenkins 2.539 on
        System.setProperty("jenkins.security.csp.CspHeader.headerName", "Content-Security-Policy");
    }

    private JenkinsRule r;

    @TempDir
    private Path folder;

    @BeforeEach
    void start(JenkinsRule rule) {
        r = rule;
    }

    private List<String> ownComplaints(BrowserPage page) {
        return page.complaints().stream()
                .filter(complaint -> complaint.contains("drbd"))
                .toList();
    }

    @Test
    void reportFollowsTheBuildWithoutAReload() throws Exception {
        Nodes.addCredentials();
        Path goOn = folder.resolve("go-on");
        try (SshNode sv1 = new SshNode("sv1")) {
            WorkflowJob job = r.createProject(WorkflowJob.class, "web");
            job.setDefinition(new CpsFlowDefinition(
                    Nodes.block(
                            "clusterExec '''echo \"<script>document.title=1</script>\"; seq 3000'''\nclusterExec 'until [ -e "
                                    + goOn + " ]; do sleep 0.1; done'",
                            sv1),
                    true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            r.waitForMessage("done", run);
            BrowserPage page = BROWSER.page(1200, 900, true).open(r.getURL() + run.getUrl() + "drbd-ocfs2/");
            page.await("document.querySelectorAll('[id^=drbd-step-]').length == 2");
            assertThat(page.evaluate("document.getElementById('drbd-step-2').textContent")
                            .toString())
                    .contains("running");

            Files.createFile(goOn);

            page.await("!document.getElementById('drbd-step-2').textContent.includes('running')");
            r.assertBuildStatus(Result.SUCCESS, r.waitForCompletion(run));
            page.await("document.getElementById('drbd-live').dataset.live == 'false'");
            assertThat(page.evaluate("document.title").toString()).contains("DRBD and OCFS2");
            assertThat(page.evaluate("document.querySelectorAll('#drbd-live script, #drbd-live [style], #drbd-live"
                            + " [onclick]').length"))
                    .isEqualTo(0);
            assertThat(ownComplaints(page)).isEmpty();

            BrowserPage ofJob = BROWSER.page(1200, 900, true).open(r.getURL() + job.getUrl() + "drbd-ocfs2/");
            assertThat(ofJob.evaluate("document.querySelectorAll('.drbd-report.dr-scripted .dr-trend').length"))
                    .as("pictures, after the script of the page has run")
                    .isEqualTo(1);
            assertThat(ownComplaints(ofJob)).isEmpty();
        }
    }

    @Test
    void buildStepCanBeConfiguredInItsForm() throws Exception {
        NamedCluster cluster = new NamedCluster("storage");
        ClusterConfiguration.get().setClusters(List.of(cluster));
        ClusterMountStep mount = new ClusterMountStep("/dev/drbd0", "/srv/data");
        ClusterBuilder builder = new ClusterBuilder();
        builder.setCluster("storage");
        builder.setSteps(List.of(new DrbdStatusStep("r0"), mount));
        FreeStyleProject job = r.createFreeStyleProject("mount");
        job.getBuildersList().add(builder);

        BrowserPage page = BROWSER.page(1000, 3000, false).open(r.getURL() + job.getUrl() + "configure");

        String chunk = "div.repeated-chunk[descriptorid=\"" + ClusterBuilder.class.getName() + "\"]";
        page.await("document.querySelectorAll('" + chunk + " select[name=\"_.cluster\"] option').length >= 2");
        page.await("document.querySelectorAll('" + chunk + " [name=steps].repeated-chunk').length == 2");
        assertThat(ownComplaints(page)).isEmpty();
        if ("write".equals(System.getProperty("manual"))) {
            Files.write(Path.of("docs/images/freestyle.png"), page.picture(chunk));
        }
    }

    @Test
    void listEntryCanBeRemovedByKeyboard() throws Exception {
        NamedCluster cluster = new NamedCluster("storage");
        cluster.setNodes(List.of(new ClusterNode("sv1", "h1"), new ClusterNode("sv2", "h2")));
        ClusterConfiguration.get().setClusters(List.of(cluster, new NamedCluster("other")));
        BrowserPage page = BROWSER.page(1000, 900, false).open(r.getURL() + "manage/configure");
        page.await("document.querySelectorAll('[name=nodes].repeated-chunk').length == 2");

        remove(page, "nodes", 0);
        remove(page, "clusters", 1);
        page.evaluate("document.querySelector('[name=Apply]').click()");
        page.await("document.querySelector('#notification-bar')?.textContent.includes('Saved')");

        assertThat(ClusterConfiguration.get().getClusters()).singleElement().satisfies(left -> assertThat(
                        left.getNodes())
                .extracting(ClusterNode::getName)
                .containsExactly("sv2"));
    }

    @Test
    void volumesDisksAndNodesOfAStepCanBeRemoved() throws Exception {
        DrbdCreateResourceStep create = new DrbdCreateResourceStep("r0");
        create.setVolumes(List.of(new DrbdVolume(0, "/dev/drbd0"), new DrbdVolume(1, "/dev/drbd1")));
        create.setNodeDisks(List.of(new NodeDisk("sv1"), new NodeDisk("sv2")));
        ClusterBuilder builder = new ClusterBuilder();
        builder.setNodes(List.of(new ClusterNode("sv1", "h1"), new ClusterNode("sv2", "h2")));
        builder.setSteps(List.of(create));
        FreeStyleProject job = r.createFreeStyleProject("create");
        job.getBuildersList().add(builder);

        BrowserPage page = BROWSER.page(1000, 900, false).open(r.getURL() + job.getUrl() + "configure");
        page.await("document.querySelectorAll('[name=nodeDisks].repeated-chunk').length == 2");
        page.evaluate("document.querySelectorAll('.advanced-button, .advancedButton').forEach((more) => more.click())");
        for (String list : List.of("nodes", "volumes", "nodeDisks")) {
            remove(page, list, 0);
        }
    }

    /** Presses the button that removes an item from a list. */
    private static void remove(BrowserPage page, String list, int index) {
        String items = "document.querySelectorAll('[name=" + list + "].repeated-chunk')";
        int before = ((Number) page.evaluate(items + ".length")).intValue();
        assertThat(page.evaluate(items + "[" + index + "].querySelector(':scope > div > .repeatable-delete').focus(),"
                        + " document.activeElement.matches('.repeatable-delete')"))
                .isEqualTo(true);
        page.press("Enter");
        page.await(items + ".length == " + (before - 1));
    }
}
