package io.jenkins.plugins.drbdocfs2.report;

import static io.jenkins.plugins.drbdocfs2.report.SampleResults.command;
import static io.jenkins.plugins.drbdocfs2.report.SampleResults.drbd;
import static io.jenkins.plugins.drbdocfs2.report.SampleResults.map;
import static io.jenkins.plugins.drbdocfs2.report.SampleResults.node;
import static io.jenkins.plugins.drbdocfs2.report.SampleResults.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportHtmlTest {
    private static final String PICTURE = "//svg[@role='img']";
    private static final BuildState BUILDING = new BuildState(true, false);
    private static final BuildState ENDED = new BuildState(false, false);

    private static ReportPage page(List<Map<String, Object>> results) {
        return new ReportPage(ReportHtml.render("web #1", results));
    }

    private static String is(String style) {
        return "[contains(concat(' ', @class, ' '), ' " + style + " ')]";
    }

    @Test
    void hasLandmarksAndHeadingsInOrder() {
        ReportPage page = page(SampleResults.dualPrimary());
        assertThat(page.text("/html/head/title")).isEqualTo("web #1");
        assertThat(page.texts("/html/body/header/h1")).containsExactly("web #1");
        assertThat(page.texts("/html/body/main//h2")).containsExactly("Summary", "Cluster", "Steps");
        assertThat(page.texts("//ol/li/details/summary/h3"))
                .startsWith("clusterCheck", "drbdInstall")
                .hasSize(12);
        assertThat(page.count("//script | //@onclick | //@style")).isZero();
    }

    @Test
    void showsASummary() {
        assertThat(page(SampleResults.dualPrimary()).texts("//li" + is("dr-tile")))
                .containsExactly("Success", "12 steps", "8 changed", "4 unchanged", "2 min 10 s in all");
        assertThat(page(SampleResults.failed()).texts("//li" + is("dr-tile"))).startsWith("Failed", "6 steps");
        assertThat(page(SampleResults.dryRun()).texts("//li" + is("dr-tile")))
                .startsWith("Dry run: changes to make", "5 steps", "4 would change", "1 nothing to do");
    }

    @Test
    void linksToTheFailedStep() {
        ReportPage page = page(SampleResults.failed());
        assertThat(page.text("//p" + is("dr-failure"))).startsWith("Step 6 drbdWaitSync r0: on sv2, the connection");
        assertThat(page.texts("//p" + is("dr-failure") + "/a/@href")).containsExactly("#drbd-step-6");
        assertThat(page.texts("//li[details/@open]/@id")).containsExactly("drbd-step-6");
        assertThat(page.text("//li[@id='drbd-step-6']//pre" + is("dr-error")))
                .contains("58 % done", "run the build again");
        assertThat(page.texts("//li[@id='drbd-step-6']//h4")).containsExactly("sv1 unchanged", "sv2 failed");
    }

    @Test
    void showsThePartsOfARefusalSeparately() {
        ReportPage page = page(SampleResults.refused());
        String reason = "//li[@id='drbd-step-1']//li" + is("dr-refusal");
        assertThat(page.texts(reason + "/p[1]"))
                .containsExactly("sv1 device.not-empty", "sv2 drbd.port-in-use", "drbd.no-good-data");
        assertThat(page.texts(reason + "/p" + is("dr-finding")))
                .startsWith("/dev/sdb is not empty: it holds ext4 'www' 6c1d6a51-6f2f-4b7c-a1f5-5a1d9a3d6b2e")
                .hasSize(3);
        assertThat(page.texts(reason + "[1]//dt")).containsExactly("Loss", "What to do", "Allowed by");
        assertThat(page.texts(reason + "[1]//dd"))
                .startsWith("That would be lost")
                .endsWith("overwrite: \"ext4 'www' 6c1d6a51-6f2f-4b7c-a1f5-5a1d9a3d6b2e\"");
        assertThat(page.texts(reason + "[2]//dt")).containsExactly("Loss", "What to do");
        assertThat(page.count("//pre" + is("dr-error"))).isZero();
        assertThat(page.texts("//h4")).doesNotContain("Result");
    }

    @Test
    void showsARefusalOfVersion10AsItsMessage() {
        Map<String, Object> step = map();
        step.putAll(SampleResults.refused().get(0));
        step.remove("refusals");

        assertThat(page(List.of(step)).text("//pre" + is("dr-error")))
                .startsWith("drbdCreateResource r0: sv1: /dev/sdb");
        step.put("refusals", List.of("x", map("finding", List.of())));
        assertThat(page(List.of(step)).count("//pre" + is("dr-error"))).isOne();
    }

    @Test
    void showsAnUnreachableNodeWithoutItsOldState() {
        Map<String, Object> up =
                map("reachable", true, "configured", true, "up", true, "role", "Primary", "disk", "UpToDate");
        Map<String, Object> peer = map("reachable", true, "configured", true, "up", true, "role", "Secondary");
        up.put("connection", "Connecting");
        Map<String, Object> before = SampleResults.step(
                "drbdStatus", map("resource", "r0"), 10, "sv1", node(false, up), "sv2", node(false, peer));
        Map<String, Object> after = SampleResults.step(
                "drbdStatus",
                map("resource", "r0"),
                10,
                "sv1",
                node(false, up),
                "sv2",
                node(false, map("reachable", false, "reason", "no answer within 30 s")));
        ReportPage page = page(List.of(before, after));
        assertThat(page.texts(PICTURE + "//text"))
                .contains("sv1", "sv2", "unreachable", "unknown", "Primary", "Connecting")
                .doesNotContain("Secondary");
        assertThat(page.text(PICTURE + "/desc"))
                .startsWith("Node sv2: unreachable. Resource r0, sv1: Primary, UpToDate, Connecting")
                .endsWith("sv2: unknown");
        assertThat(page(List.of(after)).texts(PICTURE + "//text")).contains("sv2", "unreachable");
        assertThat(page(List.of(before, after, before)).texts(PICTURE + "//text"))
                .doesNotContain("unreachable");
    }

    @Test
    void showsAnUnreachablePeerThatOnlyOneNodeReports() {
        Map<String, Object> reported =
                map("up", true, "role", "Primary", "disk", "UpToDate", "connection", "Connecting");
        reported.put("peers", List.of(map("name", "sv2", "role", "Unknown", "connection", "Connecting")));
        Map<String, Object> status = SampleResults.step(
                "drbdStatus",
                map(),
                10,
                "sv1",
                node(false, map("reachable", true, "resources", map("r0", reported))),
                "sv2",
                node(false, map("reachable", false, "reason", "no answer within 30 s")));

        assertThat(page(List.of(status)).texts(PICTURE + "//text")).contains("unknown", "Connecting", "unreachable");
    }

    @Test
    void drawsTheCluster() {
        ReportPage page = page(SampleResults.dualPrimary());
        assertThat(page.texts(PICTURE + "//text"))
                .contains("sv1", "sv2", "r0", "Primary", "UpToDate", "Connected", "Established", "/srv/shared", "ocfs2")
                .contains("OCFS2 cluster web online")
                .doesNotContain("Secondary", "Inconsistent");
        assertThat(page.text(PICTURE + "/desc"))
                .isEqualTo(
                        "Resource r0, sv1: Primary, UpToDate, Connected, Established, sv2: Primary, UpToDate, Connected,"
                                + " Established");
        assertThat(page.texts("//section[@aria-labelledby='drbd-cluster']//tbody/tr"))
                .hasSize(4)
                .first()
                .asString()
                .startsWith("r0sv1PrimaryUpToDateConnectedEstablished");
    }

    @Test
    void namesTheManagersOfAResource() {
        Map<String, Object> managed = drbd("Primary", "UpToDate", "Connected", "Established", 0);
        managed.put("managedBy", List.of("LINSTOR (/var/lib/linstor.d/r0.res)", "drbd-reactor (<x>)"));
        Map<String, Object> free = drbd("Primary", "UpToDate", "Connected", "Established", 0);
        ReportPage page = page(List.of(step(
                "drbdStatus",
                map(),
                1,
                "sv1",
                node(false, map("resources", map("r0", managed, "r1", free))),
                "sv2",
                node(false, map("resources", map("r0", managed))))));
        assertThat(page.texts("//section[@aria-labelledby='drbd-cluster']/p"))
                .containsExactly(
                        "r0 is managed by LINSTOR (/var/lib/linstor.d/r0.res) on sv1, sv2. Steps that change it refuse.",
                        "r0 is managed by drbd-reactor (<x>) on sv1, sv2. Steps that change it refuse.");
    }

    @Test
    void saysWhatHappensOnALossOfThePeerAndWhatSuspendedIoWaitsFor() {
        Map<String, Object> waiting = drbd("Primary", "UpToDate", "Connecting", null, 0);
        waiting.put("onPeerLoss", "freeze");
        waiting.put("suspended", true);
        waiting.put("waitsFor", "sv2 to be connected again");
        Map<String, Object> fenced = drbd("Primary", "UpToDate", "Connected", "Established", 0);
        fenced.put("onPeerLoss", "fence");
        fenced.put(
                "lastFencing",
                map("time", "2026-11-30T01:02:03Z", "peer", "sv2", "outcome", "fenced", "message", "sv2 is off"));
        ReportPage page = page(List.of(
                step("drbdStatus", map(), 1, "sv1", node(false, map("resources", map("r0", waiting, "r1", fenced)))),
                step(
                        "drbdPromote",
                        map("resource", "r1"),
                        1,
                        "sv1",
                        node(true, drbd("Primary", "UpToDate", "Connected", "Established", 0)))));
        assertThat(page.texts("//section[@aria-labelledby='drbd-cluster']/p"))
                .containsExactly(
                        "A Primary of r0 that loses its peer suspends its I/O until the peer is connected again"
                                + " (onPeerLoss: freeze).",
                        "The I/O of r0 on sv1 is suspended. It waits for sv2 to be connected again.",
                        "A Primary of r1 that loses its peer suspends its I/O until the peer is fenced (onPeerLoss: fence).",
                        "Last loss of the peer of r1 on sv1, 2026-11-30T01:02:03Z: fenced. sv2 is off");
    }

    @Test
    void showsTheStateSeenByTheLatestStep() {
        Map<String, Object> up = drbd("Primary", "UpToDate", "Connected", "Established", 0);
        Map<String, Object> alone = map("configured", true, "up", true, "role", "Secondary", "disk", "Outdated");
        List<Map<String, Object>> results = new ArrayList<>(List.of(
                step("drbdStatus", map("resource", "r0"), 1, "sv1", node(false, up), "sv2", node(false, up)),
                step("drbdDemote", map("resource", "r0", "node", "sv2"), 1, "sv2", node(true, alone)),
                step("lvmCreateVolume", map("name", "r1"), 1, "sv2", node(true, map("bytes", 1)))));
        assertThat(page(results).text(PICTURE + "/desc"))
                .isEqualTo("Resource r0, sv1: Primary, UpToDate, Connected, Established, sv2: Secondary, Outdated");

        Map<String, Object> dry = step("drbdPromote", map("resource", "r0"), 1, "sv2", node(true, up));
        dry.put("dryRun", true);
        results.add(dry);
        assertThat(page(results).text(PICTURE + "/desc"))
                .as("a dry run assumes")
                .endsWith("sv2: Secondary, Outdated");

        results.add(step("drbdStatus", map(), 1, "sv2", node(false, map("resources", map()))));
        assertThat(page(results).text(PICTURE + "/desc")).as("not among all").endsWith("sv2: down");

        Map<String, Object> gone = map("configured", false, "up", false);
        results.add(
                step("drbdRemoveResource", map("resource", "r0"), 1, "sv1", node(true, gone), "sv2", node(true, gone)));
        assertThat(page(results).text(PICTURE + "/desc")).isEqualTo("sv1, sv2");
    }

    @Test
    void drawsThreeNodesAndUnmountedFilesystems() {
        List<Map<String, Object>> results = new ArrayList<>(SampleResults.threeNodes());
        results.add(step(
                "clusterUnmount",
                map("device", "/dev/drbd1", "mountPoint", "/var/mail"),
                1,
                "sv3",
                node(true, map("mounted", false))));
        assertThat(page(results).texts(PICTURE + "//text"))
                .contains("sv3", "Outdated", "StandAlone, Off", "down", "/var/mail", "not mounted");
    }

    @Test
    void showsEachPairOfThreeNodes() {
        ReportPage page = page(SampleResults.eachPair());
        assertThat(page.texts(PICTURE + "//text"))
                .contains(
                        "sv2: Established", "sv3: Connecting", "sv3: SyncSource", "sv1: Connecting", "sv2: SyncTarget");
        assertThat(page.texts(PICTURE + "//line/@class"))
                .as("sv1 and sv2, sv2 and sv3")
                .contains("dr-link dr-link-good", "dr-link dr-link-busy");
        assertThat(page.texts(PICTURE + "//path/@class")).as("sv1 and sv3").contains("dr-link dr-link-cut");
        assertThat(page.texts(PICTURE + "//g/title")).contains("r0, sv1 and sv3: Connecting, Off");
        assertThat(page.text(PICTURE + "/desc"))
                .startsWith(
                        "Resource r0, sv1: Primary, UpToDate, to sv2 Connected, Established, to sv3 Connecting, Off,");
        assertThat(page.texts("//section[@aria-labelledby='drbd-cluster']//tbody/tr"))
                .hasSize(6)
                .element(1)
                .asString()
                .startsWith("r0sv1PrimaryUpToDatesv3: ConnectingOff");
    }

    @Test
    void showsRunningAbortedAndCutOffSteps() {
        ReportPage page = page(SampleResults.cutShort());
        assertThat(page.texts("//li" + is("dr-tile")))
                .containsExactly("Running", "3 steps", "1 aborted", "1 cut off", "1 running", "900 ms in all");
        assertThat(page.texts("//p" + is("dr-failure")))
                .containsExactly(
                        "Step 1, drbdInstall Jenkins stopped while this step ran.",
                        "Step 2, drbdCreateResource Aborted by alice");
        assertThat(page.texts("//li[details/@open]/@id")).containsExactly("drbd-step-1", "drbd-step-2", "drbd-step-3");
        assertThat(page.texts("//h4"))
                .containsExactly(
                        "sv1 unknown", "sv2 unknown", "sv1 aborted", "sv2 unchanged", "sv1 running", "sv2 running");
        assertThat(page.texts("//li[@id='drbd-step-2']//p" + is("dr-doing"))).containsExactly("drbdadm up r0");
        assertThat(page.texts("//progress/@value")).containsExactly("58");
        assertThat(page.texts("//div" + is("dr-progress") + "/span"))
                .containsExactly("58 % in step, 427.0 MiB to go, 12.0 MiB/s, about 35 s left");
        assertThat(page.texts(PICTURE + "//g" + is("dr-bar") + "/rect/@width")).containsExactly("130", "76");
        assertThat(page.texts(PICTURE + "//text")).contains("58 % of r0 in step");
    }

    @Test
    void linksToTheWholeOfATruncatedOutput() {
        OutputLinks links = new OutputLinks() {
            @Override
            public String step(int step) {
                return "s" + step;
            }

            @Override
            public String output(int step, String node, int command, String stream) {
                return step + "/" + node + "/" + command + "/" + stream;
            }
        };
        String output = "a line of output\n".repeat(100_000);
        List<Map<String, Object>> results = List.of(step(
                "clusterExec",
                map("script", "make noise"),
                1,
                "sv1",
                node(false, map(), command("true", 0, "few words", "", 1), command("make noise", 0, output, "", 1))));
        ReportPage page = new ReportPage(ReportHtml.renderBody(results, links, ENDED));
        assertThat(page.texts("//div" + is("dr-label") + "/a/@href")).containsExactly("1/sv1/2/stdout");
        assertThat(page.texts("//div" + is("dr-label") + "/a")).containsExactly("all of it, 1.6 MiB");
        assertThat(page(results).count("//div" + is("dr-label") + "/a")).isZero();
    }

    @Test
    void readsMountsFromOcfs2Status() {
        Map<String, Object> volume = map("device", "/dev/drbd0", "label", "shared", "mountedAt", List.of("/srv/other"));
        List<Map<String, Object>> results = new ArrayList<>(SampleResults.dualPrimary());
        results.add(step("ocfs2Status", map(), 1, "sv1", node(false, map("online", true, "volumes", List.of(volume)))));
        assertThat(page(results).texts("//section[@aria-labelledby='drbd-cluster']//table[2]/tbody/tr"))
                .containsExactly(
                        "sv1/srv/shared/dev/drbd0ocfs2not mounted13",
                        "sv1/srv/other/dev/drbd0ocfs2mounted13",
                        "sv2/srv/shared/dev/drbd0ocfs2mounted12");
    }

    @Test
    void readsMountsFromDrbdStatus() {
        Map<String, Object> r0 = drbd("Primary", "UpToDate", "Connected", "Established", 0);
        r0.put("volumes", List.of(map("device", "/dev/drbd0", "mountedAt", List.of("/srv/www"), "type", "xfs")));
        r0.put("peers", List.of(map("name", "sv2", "connection", "Connected", "replication", "Established")));
        ReportPage page = page(List.of(step(
                "drbdStatus",
                map(),
                1,
                "sv1",
                node(false, map("resources", map("r0", r0))),
                "sv2",
                node(false, map()))));
        assertThat(page.texts("//section[@aria-labelledby='drbd-cluster']//tbody/tr"))
                .containsExactly(
                        "r0sv1PrimaryUpToDateConnectedEstablishedPrimaryUpToDate0 B1",
                        "sv1/srv/www/dev/drbd0xfsmounted1");
    }

    @Test
    void showsTheOutputOfClusterExecOnce() {
        Map<String, Object> output = map("exitCode", 0, "stdout", "hello there", "stderr", "");
        Map<String, Object> sv1 = node(true, output, command("echo hello there", 0, "hello there", "", 1));
        assertThat(page(List.of(step("clusterExec", map("script", "a\nb"), 1, "sv1", sv1)))
                        .texts("//*[.='hello there']"))
                .hasSize(1);
    }

    @Test
    void showsCommandsFilesAndFacts() {
        ReportPage page = page(SampleResults.dualPrimary());
        String first = "//li[@id='drbd-step-4']//div" + is("dr-of-node") + "[1]";
        assertThat(page.texts(first + "//li//code" + is("dr-line")))
                .contains("drbdadm create-md r0/0", "drbdadm up r0");
        assertThat(page.texts(first + "//span" + is("dr-exit"))).hasSize(4).containsOnly("exit 0");
        assertThat(page.texts(first + "//pre" + is("dr-stdout")))
                .first()
                .asString()
                .contains("Writing meta data");
        assertThat(page.texts(first + "//ins")).contains("+resource \"r0\" {");
        assertThat(page.texts("//li[@id='drbd-step-4']//del")).contains("- protocol A;");
        assertThat(page.texts(first + "//table//tr")).contains("roleSecondary", "outOfSyncKib1048540 1024.0 MiB");
    }

    @Test
    void showsUnknownKeys() {
        ReportPage page = page(List.of(map(
                "step", "zap",
                "moreOfIt", List.of(map("a", 1), "b", List.of()),
                "nodes",
                        map(
                                "n1",
                                map(
                                        "deep",
                                        map("er", map("still", true)),
                                        "commands",
                                        List.of(map("command", "x", "signal", 9)))))));
        assertThat(page.text("//li[@id='drbd-step-1']"))
                .contains("moreOfIt", "deep", "still", "true", "signal", "9", "unknown");
    }

    @Test
    void showsThatThereAreNoSteps() {
        ReportPage page = page(List.of());
        assertThat(page.texts("//li" + is("dr-tile"))).containsExactly("No steps", "0 steps", "0 ms in all");
        assertThat(page.text("//main")).contains("No step reported a node.");
        assertThat(ReportHtml.render(null, null)).contains("<title>DRBD and OCFS2</title>");
        assertThat(ReportHtml.renderBody(List.of(), null, BUILDING))
                .contains("No steps yet", "No step has reported a node yet.");
    }

    @Test
    void saysNothingKnownYetOnlyWhileTheBuildRuns() {
        List<Map<String, Object>> results = List.of(step("clusterCheck", map(), 1, "sv1", map("changed", false)));
        assertThat(ReportHtml.renderBody(results, null, BUILDING)).contains("nothing known yet");
        assertThat(ReportHtml.renderBody(results, null, ENDED))
                .contains("no state reported")
                .doesNotContain("yet");
    }

    @Test
    void bodyFitsIntoAnotherPage() {
        String body = ReportHtml.renderBody(SampleResults.failed(), null, ENDED);
        assertThat(body).startsWith("<div class=\"drbd-report\">").doesNotContain("<style", "<html", "<h1");
        assertThat(new ReportPage(body).count("/div/section")).isEqualTo(3);
        // every rule applies only to the report or to its own page
        assertThat(StyleSheet.TEXT.replaceAll("(?s)/\\*.*?\\*/", "").lines())
                .filteredOn(line -> line.contains("{") && !line.strip().startsWith("@"))
                .allMatch(line -> line.strip().startsWith(".drbd-"));
    }

    @Test
    void staysBelowOneMegabyte() {
        List<Map<String, Object>> results = new ArrayList<>();
        String output = "0123456789 <&> line of output\n".repeat(900);
        for (int i = 0; i < 200; i++) {
            results.add(step(
                    "clusterExec",
                    map("script", "make noise " + i),
                    1000,
                    "sv1",
                    node(true, map("n", i), command("sh -s", 0, output + "end of out " + i, "", 500)),
                    "sv2",
                    node(
                            true,
                            map("n", i),
                            command("sh -s", 1, output, "\u0001\u202e".repeat(1000) + "end of err " + i, 500))));
        }
        String html = ReportHtml.render("big", results);
        assertThat(html.getBytes(StandardCharsets.UTF_8).length).isBetween(600_000, 1_000_000);
        assertThat(html)
                .contains("end of out 7<", "end of err 199<")
                .containsPattern("… \\d+ lines, \\d+ characters left out …");
        assertThat(new ReportPage(html).count("//li" + is("dr-step"))).isEqualTo(200);
    }

    @Test
    void staysBelowOneMegabyteWithVeryManySteps() {
        List<Map<String, Object>> results = new ArrayList<>(SampleResults.failed());
        while (results.size() < 1500) {
            results.addAll(SampleResults.dualPrimary());
        }
        results.addAll(900, SampleResults.failed());
        String html = ReportHtml.render("many", results);
        assertThat(html.length()).isLessThan(1_000_000);
        ReportPage page = new ReportPage(html);
        assertThat(page.count("//summary/h3")).isEqualTo(1000);
        assertThat(page.texts("//ol/li/span" + is("dr-left")))
                .first()
                .asString()
                .contains("earlier steps left out");
        assertThat(page.text("//li[@id='drbd-step-906']")).contains("58 % done");
    }

    @Test
    void staysBelowOneMegabyteWithVeryManyCommands() {
        List<Map<String, Object>> commands = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            commands.add(command("command " + i, 0, "x", "", 1));
        }
        Map<String, Object> facts = map("commands", commands, "list", commands, "files", commands, "planned", commands);
        String html = ReportHtml.render("many", List.of(step("clusterExec", map(), 1, "sv1", facts)));
        assertThat(html.length()).isLessThan(1_000_000);
        assertThat(html).containsPattern("… 1\\d+ commands left out …");
    }
}
