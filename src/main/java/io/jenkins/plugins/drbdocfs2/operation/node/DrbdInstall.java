package io.jenkins.plugins.drbdocfs2.operation.node;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdVersion;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeIdentity;
import io.jenkins.plugins.drbdocfs2.facts.PackageProbes;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.Service;
import io.jenkins.plugins.drbdocfs2.operation.view.PackageNames;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * drbdInstall: installs drbd-utils and loads the kernel module, now and at boot.
 *
 * <p>drbd.service brings up all resources at boot; Debian installs it disabled. It waits for the peers for the {@code
 * wfc-timeout} of each resource, which is unlimited by default, as is its start in systemd. So the step limits the start to
 * {@value #START_SECONDS} seconds: then the service fails and the boot continues; the resources stay up as Secondary and
 * connect when the peer appears. Nothing is promoted, so there is no split brain. The service also waits {@value
 * #DISK_SECONDS} seconds for missing disks: LVM activates its volumes at the same time (lvmautoactivation(7)), and an
 * earlier resource would stay Diskless.
 *
 * @param packages the packages to install instead of those of the distribution; may be empty
 */
public record DrbdInstall(List<String> packages) implements InstallOperation {
    static final int START_SECONDS = 300;
    private static final int DISK_SECONDS = 60;

    private static final Probe<FileFact> GLOBAL = SystemProbes.file("/etc/drbd.d/global_common.conf");
    private static final Probe<FileFact> LIMIT =
            SystemProbes.file("/etc/systemd/system/drbd.service.d/drbd-ocfs2-steps.conf");
    private static final Probe<Service> SERVICE = SystemProbes.service("drbd");
    private static final String LIMIT_TEXT =
            "# Of drbd-ocfs2-steps: without a limit, a missing peer holds up the boot for ever.\n"
                    + "# Logical volumes come up beside DRBD, which would start without a disk that is not there yet.\n"
                    + "[Service]\n"
                    + "TimeoutStartSec=" + START_SECONDS + "\n"
                    + "ExecStartPre=-/bin/sh -c 'n=" + DISK_SECONDS
                    + "; for d in $$(drbdadm sh-ll-dev all) $$(drbdadm sh-md-dev all);"
                    + " do until [ -b \"$$d\" ] || [ \"$$d\" = none ] || [ $$n -le 0 ];"
                    + " do sleep 1; n=$$((n - 1)); done; done'\n";
    private static final Pattern ASKS = Pattern.compile("(?m)^([^#\n]*\\busage-count\\s+)ask(\\s*;)");
    private static final Pattern COUNTS = Pattern.compile("(?m)^[^#\n]*\\busage-count\\s");
    private static final Pattern SECTION = Pattern.compile("(?m)^[^#\n]*\\bglobal\\s*\\{");

    public DrbdInstall {
        packages = List.copyOf(packages);
    }

    @Override
    public PackageInstall installation() {
        return new PackageInstall(PackageNames.DRBD, packages);
    }

    @Override
    public ProbeSet probes(Node node, List<Node> nodes, ClusterFacts known) {
        return known.isEmpty()
                ? installation()
                        .probes(null)
                        .and(DrbdProbes.VERSION, PackageProbes.moduleVersion("drbd"), GLOBAL, LIMIT, SERVICE)
                : installation().probes(known.node(node.name()));
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        Refusals refusals = new Refusals();
        Plan.Builder plan = installation().plan(facts, refusals);
        refusals.check();
        List<Change> boots = new ArrayList<>();
        for (NodeFacts node : facts.all()) {
            FileFact global = node.get(GLOBAL);
            String quiet = quiet(global.text());
            if (global.exists() && !quiet.equals(global.text())) {
                boots.add(new PutFile(node.name(), path(GLOBAL), global.text(), quiet, global.mode()));
            }
            if (installation().hasSystemd(node)) {
                boots(node, boots);
            } else {
                plan.note(node.name() + " is not run by systemd: see to it yourself that resources come up at boot");
            }
        }
        return plan.stage("bring resources up at boot", boots).build();
    }

    private static void boots(NodeFacts node, List<Change> changes) {
        FileFact limit = node.get(LIMIT);
        boolean limited = limit.text().equals(LIMIT_TEXT);
        if (!limited) {
            changes.add(new PutFile(node.name(), path(LIMIT), limit.textOrNull(), LIMIT_TEXT, "0644"));
        }
        if (!node.get(SERVICE).isEnabled()) {
            changes.add(Command.of(node.name(), "systemctl", "enable", "drbd.service")
                    .harmless());
        } else if (!limited) {
            changes.add(Command.of(node.name(), "systemctl", "daemon-reload").harmless());
        }
    }

    /** The text with {@code usage-count no} if drbdadm would otherwise ask on a missing terminal. */
    static String quiet(String text) {
        if (COUNTS.matcher(text).find()) {
            return ASKS.matcher(text).replaceAll("$1no$2");
        }
        Matcher section = SECTION.matcher(text);
        return section.find()
                ? text.substring(0, section.end()) + "\n\tusage-count no;" + text.substring(section.end())
                : text;
    }

    private static String path(Probe<FileFact> probe) {
        return probe.key().substring("file ".length());
    }

    @Override
    public Map<String, Object> nodeReport(NodeFacts facts) {
        Map<String, Object> report = new LinkedHashMap<>();
        facts.get(DrbdProbes.VERSION).ifPresent(version -> report.put("drbdUtils", version.utils()));
        String module = facts.get(PackageProbes.moduleVersion("drbd"));
        if (!module.isEmpty()) {
            report.put("drbdModule", module);
        }
        report.put("kernel", facts.get(NodeIdentity.PROBE).kernel());
        report.put("packages", installation().installedPackages(facts));
        return report;
    }

    // The version of the module is not known before; the in-tree module of Debian and Ubuntu is 8.4.
    @Override
    public NodeFacts simulate(NodeFacts facts, List<Node> nodes, ClusterFacts seen) {
        return installation()
                .simulate(facts)
                .change(SystemProbes.hasService("drbd"), there -> true)
                .change(SERVICE, service -> service.isEnabled() ? service : new Service("enabled", service.active()))
                .change(
                        DrbdProbes.VERSION,
                        version -> version.isPresent() ? version : Optional.of(new DrbdVersion("9.0.0", null, 1)));
    }
}
