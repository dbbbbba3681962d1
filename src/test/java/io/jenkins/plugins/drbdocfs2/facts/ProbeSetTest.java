package io.jenkins.plugins.drbdocfs2.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.drbd.BackingDisks;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.drbd.LastFencing;
import io.jenkins.plugins.drbdocfs2.drbd.RunningOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DeviceUses;
import io.jenkins.plugins.drbdocfs2.storage.UnfinishedFilesystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeSetTest {
    private final LocalShell shell = new LocalShell("sv1");

    private static Probe<Reading> probe(String key, String script) {
        return new Probe<>(key, script, reading -> reading);
    }

    @Test
    void runsAllProbesInOneRoundTripAndSeparatesTheirAnswers() throws Exception {
        Probe<Reading> one = probe("one", "echo first; exit 3");
        Probe<Reading> two = probe("two", "printf 'no line end'");
        Probe<Reading> three = probe("three", "true");
        NodeFacts facts = ProbeSet.of(one, two, three, one).run(shell);
        assertThat(facts.get(one)).isEqualTo(new Reading(3, "first\n"));
        assertThat(facts.get(two)).isEqualTo(new Reading(0, "no line end"));
        assertThat(facts.get(three)).isEqualTo(new Reading(0, ""));
        assertThat(shell.scripts()).hasSize(1);
    }

    @Test
    void probeWithoutSubshellAnswersTheSameAloneAndWithOthers() throws Exception {
        List<Probe<?>> tame = List.of(
                NodeIdentity.PROBE,
                OsRelease.PROBE,
                PackageProbes.MANAGER,
                PackageProbes.MODULES_AT_BOOT,
                PackageProbes.installed(List.of("dpkg", "no-such-package")),
                PackageProbes.MODULE_TREE,
                PackageProbes.moduleVersion("no-such-module"),
                SystemProbes.tools("sh", "no-such-tool"),
                SystemProbes.module("no-such-module"),
                SystemProbes.service("no-such-service"),
                SystemProbes.hasService("ssh"),
                SystemProbes.SYSCTL_AT_BOOT,
                SystemProbes.file("/etc/passwd"),
                SystemProbes.file("/etc/no-such-file"),
                FencingDevices.PROBE,
                BackingDisks.PROBE,
                DrbdDevices.PROBE,
                DrbdProbes.STATE,
                DrbdProbes.adjusted("r0"),
                DrbdProbes.listed("r0"),
                RunningOptions.probe("r0"),
                BlockDevice.probe("/dev/no-such-device"),
                BlockDevice.probe("/dev/null"),
                DeviceUses.PROBE,
                UnfinishedFilesystem.probe("/dev/null"),
                Ocfs2Probes.volume("/dev/null"),
                LastFencing.PROBE,
                Ocfs2Probes.STATE,
                Ocfs2Probes.DEFAULTS_PATH);
        assertThat(tame).allMatch(Probe::tame);
        List<Probe<?>> all = new ArrayList<>(tame);
        all.add(probe("variables", "echo \"$0\"; cd /; exit 3"));
        all.addAll(tame.stream().map(ProbeSetTest::again).toList());
        NodeFacts together = ProbeSet.of(all).run(shell);
        for (Probe<?> one : tame) {
            Object alone = ProbeSet.of(one).run(shell).get(one);
            assertThat((Object) together.get(one)).as(one.key()).isEqualTo(alone);
            assertThat((Object) together.get(again(one))).as(one.key()).isEqualTo(alone);
        }
    }

    private static <T> Probe<T> again(Probe<T> probe) {
        return Probe.tame(probe.key() + " again", probe.script(), probe.parser());
    }

    @Test
    void countsTheProcessesOfTheProbes() throws Exception {
        Probe<Reading> ten = probe("ten", "for i in 1 2 3 4 5 6 7 8 9; do (true); done");
        assertThat(processes(shell, ten)).isBetween(10, 1000);
    }

    @Test
    void doesNotTellHowManyProcessesAreUnknown() throws Exception {
        Probe<Reading> one = probe("one", "true");
        assertThat(processes(new LocalShell("sv1", "read() { last_pid=1; false; }\n"), one))
                .isEqualTo(-1);
        assertThat(processes(new LocalShell("sv1", "read() { first_pid=5; last_pid=4; }\n"), one))
                .isEqualTo(-1);
    }

    private static int processes(LocalShell shell, Probe<?> probe) throws Exception {
        return ProbeSet.of(probe).run(shell).get(ProbeOutcome.PROBE).processes();
    }

    @Test
    void readsAnAnswerThatLooksLikeAnEndMarkAsText() throws Exception {
        Probe<Reading> sly = probe("sly", "printf '\\n@@ = 0\\n@@ 1\\nx\\n'");
        assertThat(ProbeSet.of(sly).run(shell).get(sly).text()).isEqualTo("\n@@ = 0\n@@ 1\nx\n");
    }

    @Test
    void failsOnATruncatedAnswerAndNamesNodeAndProbe() {
        Probe<Reading> one = probe("one", "true");
        assertThatThrownBy(
                        () -> ProbeSet.of(one).read(shell.node(), new ScriptResult(137, "@@x 0\nhalf", "", 1), "@@x"))
                .isInstanceOf(RemoteException.class)
                .hasMessageContaining("sv1")
                .hasMessageContaining("'one'")
                .hasMessageContaining("137");
    }

    @Test
    void keepsTheErrorOutputAndExitCodeOfEachProbe() throws Exception {
        Probe<Reading> mute = probe("mute", "cat /nonexistent > /dev/null 2>&1; true");
        Probe<Reading> fails = probe("fails", "echo '  Volume group is locked. ' >&2; exit 5");
        Probe<Reading> warns = probe("warns", "read -r x < /nonexistent; echo 'two\nlines' >&2; true");
        NodeFacts facts = ProbeSet.of(mute, fails, warns).run(shell);
        assertThat(facts.diagnostics(mute)).isEmpty();
        assertThat(facts.diagnostics(fails)).isEqualTo(": Volume group is locked (exit code 5)");
        assertThat(facts.with(mute, null).and(facts).diagnostics(warns)).isEqualTo(": two lines");
    }

    @Test
    void readsAFileExactly(@TempDir Path dir) throws Exception {
        Path file = dir.resolve("it's here");
        Files.writeString(file, "a\n\n\nno end");
        Probe<FileFact> there = SystemProbes.file(file.toString());
        Probe<FileFact> missing = SystemProbes.file(dir.resolve("none").toString());
        NodeFacts facts = ProbeSet.of(there, missing).run(shell);
        assertThat(facts.get(there).text()).isEqualTo("a\n\n\nno end");
        assertThat(facts.get(there).exists()).isTrue();
        assertThat(facts.get(missing)).isEqualTo(FileFact.ABSENT);
    }

    @Test
    void asRootReadsOnlyTheIdentityOfAnotherUser(@TempDir Path dir) throws Exception {
        Path traces = dir.resolve("traces");
        Probe<Reading> tool = probe("tool", "touch " + traces);
        LocalShell user = new LocalShell("sv1", "read() { key=Uid: uid=1000; }\n");
        NodeFacts facts = ProbeSet.of(tool).asRoot().run(user);
        assertThat(facts.get(NodeIdentity.PROBE).userId()).isEqualTo(1000);
        assertThat(facts.has(tool)).isFalse();
        assertThat(traces).doesNotExist();

        LocalShell root = new LocalShell("sv1", "read() { key=Uid: uid=0; }\n");
        assertThat(ProbeSet.of(tool).asRoot().run(root).has(tool)).isTrue();
        assertThat(traces).exists();
    }

    @Test
    void readsTheIdentityOfTheNode() throws Exception {
        NodeIdentity identity = ProbeSet.of(NodeIdentity.PROBE).run(shell).get(NodeIdentity.PROBE);
        assertThat(identity.name()).isNotEmpty();
        assertThat(identity.userId()).isNotNegative();
    }
}
