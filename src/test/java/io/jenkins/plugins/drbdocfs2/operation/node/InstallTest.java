package io.jenkins.plugins.drbdocfs2.operation.node;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.answered;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.assumed;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeIdentity;
import io.jenkins.plugins.drbdocfs2.facts.PackageProbes;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.Module;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests drbdInstall and ocfs2Install. */
class InstallTest {
    private static final DrbdInstall DRBD = new DrbdInstall(List.of());
    private static final Ocfs2Install OCFS2 = new Ocfs2Install(List.of());

    private static final String APT = "DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300";
    private static final String APT_INSTALL = APT
            + " -y --no-remove --no-install-recommends -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold install ";

    private static final String DEBIAN_GLOBAL = "global {\n\tusage-count no;\n\t# usage-count ask;\n}\n";

    /** Answers each probe of the first round with its printed text, or with nothing. */
    private static NodeFacts probed(Operation operation, Node node, Map<String, String> printed) {
        NodeFacts facts = answered(node);
        for (Probe<?> probe :
                operation.probes(node, BOTH, new ClusterFacts(List.of())).probes()) {
            String text = printed.entrySet().stream()
                    .filter(entry -> probe.key().startsWith(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("");
            facts = read(facts, probe, probe.key().startsWith("file ") ? encoded(text) : text);
        }
        return facts;
    }

    /** A file as the probe prints it: its mode, then its text. */
    private static String encoded(String file) {
        int end = file.indexOf('\n') + 1;
        return file.substring(0, end)
                + Base64.getEncoder().encodeToString(file.substring(end).getBytes(StandardCharsets.UTF_8));
    }

    private static <T> NodeFacts read(NodeFacts facts, Probe<T> probe, String text) {
        return facts.with(probe, probe.parser().apply(new Reading(text.isEmpty() ? exitCode(probe) : 0, text)));
    }

    private static int exitCode(Probe<?> probe) {
        return probe.key().startsWith("file ") ? 3 : probe.key().startsWith("installed ") ? 0 : 1;
    }

    private static Map<String, String> bare(String osRelease, String manager) {
        Map<String, String> printed = new LinkedHashMap<>();
        printed.put("os release", osRelease);
        printed.put("package manager", manager);
        printed.put("tools", "modprobe\nsystemctl\n");
        printed.put("module tree", "yes");
        printed.put("module version", "");
        printed.put("module ", "available");
        return printed;
    }

    private static Map<String, String> debian() {
        return bare("ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n", "apt\n");
    }

    private static Map<String, String> debianWithDrbd() {
        Map<String, String> printed = debian();
        printed.put("tools", "drbdadm\ndrbdsetup\ndrbdmeta\nmodprobe\nsystemctl\n");
        printed.put("installed", "installed drbd-utils 9.22.0-1\n");
        printed.put("modules at boot", "drbd\n");
        printed.put(
                "drbd version", "DRBDADM_API_VERSION=1\nDRBD_KERNEL_VERSION_CODE=0x08040b\nDRBDADM_VERSION=9.22.0\n");
        printed.put("file /etc/drbd.d/global_common.conf", "644\n" + DEBIAN_GLOBAL);
        return printed;
    }

    private static Map<String, String> done() {
        Map<String, String> printed = debianWithDrbd();
        printed.put("module version", "8.4.11\n");
        printed.put("module ", "loaded");
        printed.put("service", "enabled\n=\ninactive\n");
        printed.put(
                "file /etc/systemd",
                "644\n# Of drbd-ocfs2-steps: without a limit, a missing peer holds up the boot for ever.\n"
                        + "# Logical volumes come up beside DRBD, which would start without a disk that is not there yet.\n"
                        + "[Service]\nTimeoutStartSec=300\n"
                        + "ExecStartPre=-/bin/sh -c 'n=60; for d in $$(drbdadm sh-ll-dev all) $$(drbdadm sh-md-dev all); do until [ -b \"$$d\" ] ||"
                        + " [ \"$$d\" = none ] || [ $$n -le 0 ]; do sleep 1; n=$$((n - 1)); done; done'\n");
        return printed;
    }

    private static NodeFacts known(NodeFacts facts, String... packages) {
        return facts.with(PackageProbes.known(List.of(packages)), Set.of(packages));
    }

    private static NodeFacts unknown(NodeFacts facts, String... packages) {
        return facts.with(PackageProbes.known(List.of(packages)), Set.of());
    }

    private static NodeFacts kernel(NodeFacts facts, String release) {
        return facts.with(NodeIdentity.PROBE, new NodeIdentity(facts.name(), 0, release));
    }

    private static PutFile file(Plan plan, String path) {
        return plan.changes().stream()
                .filter(change -> change instanceof PutFile put && put.path().equals(path))
                .map(PutFile.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void installsPackageModuleAndServiceOnAFreshDebian() throws StepFailure {
        NodeFacts node = probed(DRBD, SV1, debian());
        assertThat(DRBD.probes(SV1, BOTH, cluster(node)).probes())
                .containsExactly(PackageProbes.known(List.of("drbd-utils")));
        Plan plan = DRBD.plan(cluster(known(node, "drbd-utils")));

        assertThat(planned(plan, SV1))
                .containsExactly(
                        APT_INSTALL + "drbd-utils",
                        "modprobe -a drbd",
                        "write /etc/modules-load.d/drbd-ocfs2-steps-drbd.conf",
                        "write /etc/systemd/system/drbd.service.d/drbd-ocfs2-steps.conf",
                        "systemctl enable drbd.service");
        assertThat(file(plan, "/etc/modules-load.d/drbd-ocfs2-steps-drbd.conf").after())
                .isEqualTo("drbd\n");
    }

    @Test
    void refusesIfThePackageManagerFails() {
        Probe<?> installed = DRBD.probes(SV1, BOTH, new ClusterFacts(List.of())).probes().stream()
                .filter(probe -> probe.key().startsWith("installed "))
                .findFirst()
                .orElseThrow();
        NodeFacts node = probed(DRBD, SV1, debian());
        NodeFacts broken = known(failed(node, installed), "drbd-utils");

        assertThatThrownBy(() -> DRBD.plan(cluster(broken)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("sv1: which packages are installed there is not known");
    }

    private static <T> NodeFacts failed(NodeFacts node, Probe<T> probe) {
        return node.with(probe, probe.parser().apply(new Reading(2, "")));
    }

    @Test
    void updatesThePackageListsOnlyIfAPackageIsUnknown() throws StepFailure {
        NodeFacts node = unknown(probed(DRBD, SV1, debian()), "drbd-utils");

        assertThat(planned(DRBD.plan(cluster(node)), SV1)).startsWith(APT + " update", APT_INSTALL + "drbd-utils");
    }

    @Test
    void doesNothingInOneRoundOfProbesIfAllIsDone() throws StepFailure {
        ClusterFacts facts = cluster(probed(DRBD, SV1, done()), probed(DRBD, SV2, done()));

        assertThat(DRBD.plan(facts).isEmpty()).isTrue();
        assertThat(DRBD.probes(SV1, BOTH, facts).isEmpty()).isTrue();
        assertThat(report(DRBD, facts.node("sv1")))
                .containsEntry("drbdUtils", "9.22.0")
                .containsEntry("drbdModule", "8.4.11")
                .containsEntry("packages", Map.of("drbd-utils", "9.22.0-1"));
    }

    @Test
    void acceptsToolsInstalledWithoutAPackage() throws StepFailure {
        Map<String, String> printed = done();
        printed.put("installed", "");

        assertThat(DRBD.plan(cluster(probed(DRBD, SV1, printed))).isEmpty()).isTrue();
    }

    @Test
    void installsNamedPackagesEvenIfTheToolsExist() throws StepFailure {
        DrbdInstall named = new DrbdInstall(List.of("drbd-utils", "lvm2"));
        NodeFacts node = known(probed(named, SV1, done()), "lvm2");

        assertThat(planned(named.plan(cluster(node)), SV1)).containsExactly(APT_INSTALL + "lvm2");
    }

    @Test
    void loadsAnInstalledModule() throws StepFailure {
        NodeFacts node = probed(DRBD, SV1, debianWithDrbd());

        assertThat(planned(DRBD.plan(cluster(node)), SV1))
                .containsExactly(
                        "modprobe -a drbd",
                        "write /etc/systemd/system/drbd.service.d/drbd-ocfs2-steps.conf",
                        "systemctl enable drbd.service");
    }

    @Test
    void addsTheTimeLimitToAnEnabledService() throws StepFailure {
        Map<String, String> printed = done();
        printed.put("file /etc/systemd", "");

        assertThat(planned(DRBD.plan(cluster(probed(DRBD, SV1, printed))), SV1))
                .containsExactly(
                        "write /etc/systemd/system/drbd.service.d/drbd-ocfs2-steps.conf", "systemctl daemon-reload");
    }

    @Test
    void installsKmodOnAMinimalSystem() throws StepFailure {
        Map<String, String> printed = debian();
        printed.put("tools", "systemctl\n");
        NodeFacts node = known(probed(DRBD, SV1, printed), "drbd-utils", "kmod");

        assertThat(planned(DRBD.plan(cluster(node)), SV1))
                .startsWith(APT_INSTALL + "drbd-utils kmod", "modprobe -a drbd");
    }

    @Test
    void configuresNoServiceWithoutSystemd() throws StepFailure {
        Map<String, String> printed = done();
        printed.put("tools", "drbdadm\ndrbdsetup\ndrbdmeta\nmodprobe\n");
        Plan plan = DRBD.plan(cluster(probed(DRBD, SV1, printed)));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notes()).singleElement().asString().contains("not run by systemd");
    }

    @ParameterizedTest
    @CsvSource({"6.1.0-40-amd64,''", "6.1.0-40-cloud-amd64,Debian's linux-image-amd64"})
    void refusesAKernelWithoutTheModule(String release, String advice) {
        Map<String, String> printed = done();
        printed.put("module ", "missing");

        assertThat(refusal(DRBD, kernel(probed(DRBD, SV1, printed), release)))
                .startsWith("sv1: the running kernel " + release + " has no module drbd.")
                .contains(advice);
    }

    @Test
    void recognisesAKernelReplacedByAnUpgrade() {
        Map<String, String> printed = done();
        printed.put("module ", "missing");
        printed.put("module tree", "");

        assertThat(refusal(DRBD, probed(DRBD, SV1, printed)))
                .contains("all of its modules are gone")
                .contains("boot the installed kernel");
    }

    @Test
    void installsTheModulePackageOnUbuntu() throws StepFailure {
        Map<String, String> printed = bare("ID=ubuntu\nID_LIKE=debian\n", "apt\n");
        printed.put("module ", "missing");
        NodeFacts node = kernel(probed(DRBD, SV1, printed), "6.8.0-45-generic");
        String[] names = {"drbd-utils", "linux-modules-extra-6.8.0-45-generic"};

        assertThat(planned(DRBD.plan(cluster(known(node, names))), SV1))
                .startsWith(APT_INSTALL + String.join(" ", names), "modprobe -a drbd");
    }

    @ParameterizedTest
    @CsvSource({
        "'ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"', zypper, available, 'zypper --non-interactive install"
                + " --no-recommends --no-force-resolution drbd-utils'",
        "'ID=\"sles\"\nID_LIKE=\"suse\"', zypper, missing, 'zypper --non-interactive install --no-recommends"
                + " --no-force-resolution drbd-utils drbd-kmp-default'",
        "'ID=\"almalinux\"\nID_LIKE=\"rhel centos fedora\"', dnf, missing, 'dnf -y install drbd9x-utils kmod-drbd9x'",
        "'ID=fedora', dnf, available, 'dnf -y install drbd-utils'"
    })
    void installsThePackagesOfOtherDistributions(String os, String manager, String module, String command)
            throws StepFailure {
        Map<String, String> printed = bare(os, manager);
        printed.put("module ", module);
        NodeFacts node = kernel(probed(DRBD, SV1, printed), "5.14.21-150500.55-default");

        assertThat(planned(DRBD.plan(cluster(node)), SV1).get(0)).isEqualTo(command);
        assertThat(DRBD.probes(SV1, BOTH, cluster(node)).isEmpty()).isTrue();
    }

    @Test
    void refusesAnUnknownDistributionWithoutPackageNames() {
        assertThat(refusal(DRBD, probed(DRBD, SV1, bare("ID=arch\nPRETTY_NAME=\"Arch Linux\"\n", ""))))
                .contains("sv1: it runs Arch Linux")
                .contains("packages");
        assertThat(refusal(OCFS2, probed(OCFS2, SV1, bare("ID=rhel\nPRETTY_NAME=\"RHEL 9\"\n", "dnf\n"))))
                .contains("it runs RHEL 9");
    }

    @Test
    void refusesWithoutAPackageManager() {
        assertThat(refusal(DRBD, probed(DRBD, SV1, bare("ID=debian\n", ""))))
                .contains("drbd-utils must be installed, but there is no apt-get, dnf or zypper");
    }

    @Test
    void installsToolsAndModulesOfOcfs2() throws StepFailure {
        Plan plan = OCFS2.plan(cluster(known(probed(OCFS2, SV1, debian()), "ocfs2-tools")));

        assertThat(planned(plan, SV1))
                .containsExactly(
                        APT_INSTALL + "ocfs2-tools",
                        "modprobe -a ocfs2 ocfs2_dlmfs ocfs2_stack_o2cb",
                        "write /etc/modules-load.d/drbd-ocfs2-steps-ocfs2.conf");
        assertThat(file(plan, "/etc/modules-load.d/drbd-ocfs2-steps-ocfs2.conf").after())
                .isEqualTo("ocfs2\nocfs2_dlmfs\nocfs2_stack_o2cb\n");
    }

    @Test
    void listsModulesLoadedAtBootOnce() throws StepFailure {
        Map<String, String> printed = debian();
        printed.put("tools", "mkfs.ocfs2\ndebugfs.ocfs2\no2cb\nmodprobe\nsystemctl\n");
        printed.put("modules at boot", "ocfs2\n");
        printed.put("file /etc/modules-load.d", "644\nocfs2");
        Plan plan = OCFS2.plan(cluster(probed(OCFS2, SV1, printed)));

        assertThat(file(plan, "/etc/modules-load.d/drbd-ocfs2-steps-ocfs2.conf").after())
                .isEqualTo("ocfs2\nocfs2_dlmfs\nocfs2_stack_o2cb\n");
    }

    @Test
    void turnsOffTheUsageCountQuestion() throws StepFailure {
        assertThat(DrbdInstall.quiet(DEBIAN_GLOBAL)).isEqualTo(DEBIAN_GLOBAL);
        assertThat(DrbdInstall.quiet("global { usage-count yes; }\n")).isEqualTo("global { usage-count yes; }\n");
        assertThat(DrbdInstall.quiet("global {\n\tusage-count ask; # x\n}\n"))
                .isEqualTo("global {\n\tusage-count no; # x\n}\n");
        assertThat(DrbdInstall.quiet("global {\n}\n")).isEqualTo("global {\n\tusage-count no;\n}\n");
        assertThat(DrbdInstall.quiet("# global {\ncommon { }\n")).isEqualTo("# global {\ncommon { }\n");

        Map<String, String> printed = done();
        printed.put("file /etc/drbd.d/global_common.conf", "640\nglobal { usage-count ask; }\n");
        Plan plan = DRBD.plan(cluster(probed(DRBD, SV1, printed)));
        assertThat(file(plan, "/etc/drbd.d/global_common.conf").mode()).isEqualTo("640");
        assertThat(planned(plan, SV1)).containsExactly("change /etc/drbd.d/global_common.conf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-y",
                "a;b",
                "a b",
                "$(x)",
                "--allow-unauthenticated",
                "a'b",
                "openssh-server-",
                "openssh-server+"
            })
    void refusesInvalidPackageNames(String name) {
        assertThatThrownBy(() -> new DrbdInstall(List.of(name)).check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("packages must ");
        assertThatThrownBy(() -> new Ocfs2Install(List.of(name)).check(BOTH))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void dryRunAssumesToolsModuleAndService() throws StepFailure {
        Probe<Set<String>> tools = SystemProbes.tools("drbdadm", "xfs_growfs");
        NodeFacts before = probed(DRBD, SV1, debian()).with(tools, Set.of());
        NodeFacts simulated = assumed(DRBD, before);

        assertThat(simulated.get(tools)).containsExactly("drbdadm");
        assertThat(simulated.get(SystemProbes.module("drbd"))).isEqualTo(Module.LOADED);
        assertThat(simulated.get(SystemProbes.service("drbd")).isEnabled()).isTrue();
        assertThat(simulated.get(DrbdProbes.VERSION)).isPresent();
        assertThat(assumed(OCFS2, answered(SV1).with(SystemProbes.tools("o2cb"), Set.of()))
                        .get(SystemProbes.tools("o2cb")))
                .containsExactly("o2cb");
    }

    @Test
    void failsIfToolsAreStillMissingAfterwards() {
        NodeFacts node = probed(DRBD, SV1, debian());

        assertThatThrownBy(() -> DRBD.confirm(cluster(node)))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("on sv1, not all of drbdadm, drbdsetup, drbdmeta");
    }
}
