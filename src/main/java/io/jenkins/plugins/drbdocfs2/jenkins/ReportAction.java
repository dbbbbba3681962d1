package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.model.Api;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.drbdocfs2.report.BuildState;
import io.jenkins.plugins.drbdocfs2.report.ReportHtml;
import io.jenkins.plugins.drbdocfs2.report.ReportSummary;
import io.jenkins.plugins.drbdocfs2.report.ReportUpdates;
import io.jenkins.plugins.drbdocfs2.report.trend.BuildDigest;
import io.jenkins.plugins.drbdocfs2.report.trend.DigestCache;
import io.jenkins.plugins.drbdocfs2.result.Json;
import io.jenkins.plugins.drbdocfs2.result.ReportEntries;
import io.jenkins.plugins.drbdocfs2.result.ReportFile;
import io.jenkins.plugins.drbdocfs2.result.ReportResults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.GET;

/**
 * The report of a build: its page, its line on the page of the build, and its data. It is stored in a file beside the
 * build's {@code build.xml}, which only records that there is a report; so the report is moved and deleted with the build.
 *
 * <p>Users who may see the build may see the report.
 */
@ExportedBean
public final class ReportAction implements RunAction2 {
    static final String FILE = "drbd-ocfs2-steps.jsonl";

    static final String URL = "drbd-ocfs2";

    private transient Run<?, ?> run;
    private transient ReportFile file;
    private transient ReportUpdates updates;
    private transient DigestCache digest;

    private ReportAction() {}

    /**
     * The report of a build; creates it if there is none yet.
     *
     * @throws IOException if the build cannot be saved
     */
    static ReportAction of(Run<?, ?> run) throws IOException {
        synchronized (ReportAction.class) {
            ReportAction report = run.getAction(ReportAction.class);
            if (report == null) {
                report = new ReportAction();
                run.addAction(report);
                run.save();
            }
            return report;
        }
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        attach(r);
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        attach(r);
    }

    private void attach(Run<?, ?> r) {
        run = r;
        file = new ReportFile(r.getRootDir().toPath().resolve(FILE));
        updates = new ReportUpdates();
        digest = new DigestCache();
    }

    ReportFile file() {
        return file;
    }

    /**
     * What the report tells the page of the job.
     *
     * @param most the number of bytes to read
     * @throws IOException if it cannot be read
     */
    BuildDigest digest(long most) throws IOException {
        return digest.of(file, most, ReportedStep::isRunning);
    }

    /** The build. */
    public Run<?, ?> getRun() {
        return run;
    }

    private ReportResults results(ReportEntries entries) {
        return new ReportResults(file, entries, ReportedStep::running);
    }

    /**
     * The results of all steps, in the order in which they began, including steps that failed, were aborted or are running.
     * They are read one by one during iteration.
     *
     * @throws IOException if they cannot be read
     */
    @Exported
    public List<Map<String, Object>> getSteps() throws IOException {
        return results(file.entries());
    }

    /**
     * One line with the number of steps by outcome.
     *
     * @throws IOException if they cannot be read
     */
    @Exported(visibility = 2)
    public String getSummary() throws IOException {
        return ReportSummary.of(file.entries(), ReportedStep::isRunning);
    }

    /** The same data for programs. */
    public Api getApi() {
        return new Api(this);
    }

    /**
     * The report as HTML, for the page.
     *
     * @throws IOException if the steps cannot be read
     */
    public String getBody() throws IOException {
        return ReportHtml.renderBody(getSteps(), new ReportLinks(), state(isLive()));
    }

    /**
     * The position up to which this page is current; the page sends it back when it requests updates.
     *
     * @throws IOException if the steps cannot be read
     */
    public long getAt() throws IOException {
        return file.entries().size();
    }

    private BuildState state(boolean building) {
        return new BuildState(building, Result.UNSTABLE.equals(run.getResult()));
    }

    /** Whether there may be more updates. */
    public boolean isLive() {
        return run.isBuilding();
    }

    /**
     * Sends the updates since a position to the script of the page. Changes nothing.
     *
     * @param response receives it as JSON
     * @param at the position up to which the page is current
     * @throws IOException if the steps cannot be read
     */
    @GET
    public void doLive(StaplerResponse2 response, @QueryParameter String at) throws IOException {
        run.getParent().checkPermission(Item.READ);
        boolean live = isLive(); // asked before the steps are, so that the last answer has all of them
        ReportEntries entries = file.entries();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("live", live);
        answer.putAll(updates.since(results(entries), entries, ReportLinks.number(at), new ReportLinks(), state(live)));
        send(response, "application/json;charset=UTF-8", Json.line(answer));
    }

    /**
     * Sends the whole stored output of a command that the page shortens, or of a step, as text.
     *
     * @param response receives it
     * @param step the number of the step
     * @param node the name of the node; without it the whole step is sent
     * @param command the number of the command
     * @param stream which of its outputs
     * @throws IOException if the steps cannot be read
     */
    @GET
    public void doOutput(
            StaplerResponse2 response,
            @QueryParameter String step,
            @QueryParameter String node,
            @QueryParameter String command,
            @QueryParameter String stream)
            throws IOException {
        run.getParent().checkPermission(Item.READ);
        Optional<String> text = ReportLinks.find(getSteps(), step, node, command, stream);
        if (text.isPresent()) {
            send(response, "text/plain;charset=UTF-8", text.get());
        } else {
            response.sendError(404, "There is no such output in this report");
        }
    }

    private static void send(StaplerResponse2 response, String type, String text) throws IOException {
        response.setContentType(type);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String getIconFileName() {
        return "symbol-server";
    }

    @Override
    public String getDisplayName() {
        return "DRBD and OCFS2";
    }

    @Override
    public String getUrlName() {
        return URL;
    }
}
