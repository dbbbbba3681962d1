package io.jenkins.plugins.drbdocfs2.operation.fencing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fence-peer handler, run by sh with the paths of a temporary directory and a fence agent that is a script. */
class FencePeerHandlerTest {
    private static final String DEVICES =
            "wait=0\n[sv1]\nagent=fence_other\n[sv2]\nagent=fence_test\nip=10.0.9.2\npassword=s3cr et\n";
    /** The code of an agent whose device works. */
    private static final String WORKING_DEVICE = "case $action in off) echo off > state;; on) echo on > state;;"
            + " status) [ $(cat state) = on ] || exit 2;; esac";

    @TempDir
    private Path directory;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(directory.resolve("bin"));
        program("logger", "shift 4; echo \"$*\" >> log");
        program("fence_other", "echo other >> calls");
        write("state", "on\n");
        write("log", "");
        write("calls", "");
        agent(WORKING_DEVICE);
        state("Primary/Unknown", "WFConnection");
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }

    private String read(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    private void program(String name, String text) throws IOException {
        Path program = directory.resolve("bin").resolve(name);
        Files.writeString(program, "#!/bin/sh\ncd '" + directory + "'\n" + text + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    /** A fence agent that records its calls, then does what the text says with {@code $action}. */
    private void agent(String text) throws IOException {
        program(
                "fence_test",
                "cat > stdin; action=$(sed -n 's/^action=//p' stdin); echo \"$action $#\" >> calls\n" + text);
    }

    private void state(String roles, String connection) throws IOException {
        write(
                "drbd",
                "version: 8.4.11 (api:1/proto:86-101)\n 3: cs:Connected ro:Secondary/Secondary ds:UpToDate/UpToDate C r-----\n"
                        + " 0: cs:" + connection + " ro:" + roles + " ds:UpToDate/DUnknown C r----s\n");
    }

    private String script() {
        return PeerLossFiles.handler()
                .replaceFirst("PATH=", "PATH=" + directory + "/bin:")
                .replace("/proc/drbd", directory + "/drbd")
                .replace("/etc/drbd-fencing.conf", directory + "/devices")
                .replace("/run/drbd-ocfs2-steps", directory + "/run")
                .replace("/var/lib/drbd-ocfs2-steps", directory + "/lib")
                .replace("limit=20", "limit=1")
                .replace("pause=3", "pause=1")
                .replace("pause_between_turns=60", "pause_between_turns=1");
    }

    private int run(Map<String, String> environment) throws Exception {
        int code = start(environment);
        if (read("log").contains("as its device says: continuing")) {
            awaitLog("sv2 is on again"); // a process of its own switches it on
        }
        return code;
    }

    private int start(Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script()).redirectErrorStream(true);
        builder.environment().putAll(new TreeMap<>(Map.of("DRBD_RESOURCE", "r0", "DRBD_MINOR", "0")));
        builder.environment().putAll(environment);
        Process process =
                builder.redirectOutput(directory.resolve("out").toFile()).start();
        int code = process.waitFor();
        assertThat(read("out")).isEmpty();
        assertThat(code).as(read("log")).isIn(1, 7);
        return code;
    }

    private void awaitLog(String words) throws IOException {
        while (!read("log").contains(words)) {
            Thread.onSpinWait();
        }
    }

    private static long inSeconds(int seconds) {
        return System.currentTimeMillis() / 1000 + seconds;
    }

    private int run() throws Exception {
        return run(Map.of("DRBD_PEERS", "sv2"));
    }

    @Test
    void primaryWithoutAFencingDeviceStaysSuspended() throws Exception {
        assertThat(run()).isEqualTo(1);
        assertThat(read("log")).contains("no fencing device for sv2: I/O stays suspended");
        write("devices", "[sv1]\nagent=fence_other\n");
        assertThat(run()).isEqualTo(1);
        assertThat(read("calls")).isEmpty();
    }

    @Test
    void primaryFencesItsPeerAndSwitchesItOnAgain() throws Exception {
        write("devices", DEVICES);
        assertThat(run()).isEqualTo(7);
        assertThat(read("calls")).isEqualTo("off 0\nstatus 0\non 0\n");
        assertThat(read("stdin")).isEqualTo("ip=10.0.9.2\npassword=s3cr et\naction=on\n");
        assertThat(read("lib/last-fencing")).matches("\\d+ r0 sv2 fenced sv2 is off, .*\n");
        assertThat(read("log")).doesNotContain("s3cr");
    }

    @Test
    void secondaryNeverFences() throws Exception {
        write("devices", DEVICES);
        state("Secondary/Unknown", "WFConnection");
        assertThat(run()).isEqualTo(1);
        assertThat(read("calls")).isEqualTo("monitor 0\nstatus 0\n");
        assertThat(read("log")).contains("not promoted: sv2 may be running and have newer data");
    }

    @Test
    void fencesNobodyIfTheRoleCannotBeRead() throws Exception {
        write("devices", DEVICES);
        write("drbd", "version: 8.4.11\n");
        assertThat(run()).isEqualTo(1);
        assertThat(read("calls")).isEmpty();
    }

    @Test
    void triesAgainUntilTheDeviceAnswers() throws Exception {
        write("devices", DEVICES);
        agent("[ -e failed ] || { : > failed; echo 'Unable to connect' >&2; exit 1; }\n" + WORKING_DEVICE);
        assertThat(run()).isEqualTo(7);
        assertThat(read("log")).contains("sv2 is not fenced (try 1)", "off exited with code 1: Unable to connect");
    }

    @Test
    void endsAHangingAgent() throws Exception {
        write("devices", DEVICES);
        agent("[ -e hung ] || { : > hung; exec sleep 60; }\n" + WORKING_DEVICE);
        assertThat(run()).isEqualTo(7);
        assertThat(read("log")).contains("no answer within 1 s");
    }

    @Test
    void theFileSaysHowLongAnAgentMayTake() throws Exception {
        write("devices", DEVICES.replace("wait=0", "wait=0\nlimit=2"));
        agent("[ -e hung ] || { : > hung; exec sleep 60; }\n" + WORKING_DEVICE);
        assertThat(run()).isEqualTo(7);
        assertThat(read("log")).contains("no answer within 2 s");
    }

    @Test
    void doesNotTrustASuccessThatTheStatusContradicts() throws Exception {
        write("devices", DEVICES);
        agent("[ $(wc -l < calls) -lt 5 ] || sed -i s/WFConnection/SyncSource/ drbd");
        assertThat(run()).isEqualTo(1);
        assertThat(read("log"))
                .contains("after off, the agent's status exited with code 0, not 2 for off")
                .contains("sv2 is connected again (SyncSource)");
        assertThat(read("lib/last-fencing")).contains(" r0 sv2 connected ");
    }

    @Test
    void doesNotFenceIfTheConnectionReturnsDuringTheWait() throws Exception {
        write("devices", DEVICES.replace("wait=0", "wait=600"));
        Thread reconnect = new Thread(() -> {
            try {
                awaitLog("called for the peer sv2");
                state("Primary/Primary", "Connected");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        reconnect.start();
        assertThat(run()).isEqualTo(1);
        reconnect.join();
        assertThat(read("calls")).isEmpty();
    }

    @Test
    void aTestOfFencingSaysWhoWaits() throws Exception {
        Files.createDirectories(directory.resolve("run"));
        write("devices", DEVICES.replace("wait=0", "wait=600"));
        write("run/fencing-test", inSeconds(60) + " 0\n");
        assertThat(run()).isEqualTo(7);
        write("devices", DEVICES);
        write("run/fencing-test", "1700000000 600\n");
        assertThat(run(Map.of("DRBD_PEERS", "sv2", "DRBD_RESOURCE", "r1"))).isEqualTo(7);
    }

    @Test
    void acceptsAConfirmationThatThePeerIsDown() throws Exception {
        Files.createDirectories(directory.resolve("run/down"));
        write("run/down/sv2", inSeconds(60) + "\n");
        assertThat(run()).isEqualTo(7);
        state("Secondary/Unknown", "WFConnection");
        assertThat(run()).isEqualTo(7);
        assertThat(run(Map.of("DRBD_PEERS", "sv3"))).isEqualTo(1);
        write("run/down/sv2", "1700000000\n");
        assertThat(run()).isEqualTo(1);
        write("run/down/sv2", inSeconds(4000) + "\n"); // the clock was set back
        assertThat(run()).isEqualTo(1);
    }

    @Test
    void readsTheNameOfThePeerFromTheVariablesOfDrbd9() throws Exception {
        write("devices", DEVICES);
        Map<String, String> environment = Map.of(
                "DRBD_PEER_NODE_ID", "1", "DRBD_NODE_ID_0", "sv1", "DRBD_NODE_ID_1", "sv2", "DRBD_PEERS", "sv2 sv3");
        assertThat(run(environment)).isEqualTo(7);
    }

    @Test
    void fencesNobodyIfThePeerIsUnclear() throws Exception {
        write("devices", DEVICES);
        assertThat(run(Map.of("DRBD_PEERS", "sv2 sv3"))).isEqualTo(1);
        assertThat(read("calls")).isEmpty();
    }

    @Test
    void aSecondaryWithGoodDataIsPromotedIfTheDeviceOfThePeerSaysOff() throws Exception {
        write("devices", DEVICES);
        write("state", "off\n");
        state("Secondary/Unknown", "WFConnection");
        assertThat(run()).isEqualTo(7);
        assertThat(read("calls")).isEqualTo("monitor 0\nstatus 0\n");
        assertThat(read("lib/last-fencing")).contains(" r0 sv2 off sv2 is off, as its device says");
        write("drbd", read("drbd").replace("ds:UpToDate/DUnknown", "ds:Consistent/DUnknown"));
        assertThat(run()).isEqualTo(1); // it may have been fenced itself
    }

    @Test
    void aSecondaryIsNotPromotedByAnyOtherAnswerOfTheDevice() throws Exception {
        write("devices", DEVICES);
        state("Secondary/Unknown", "WFConnection");
        for (String answer : List.of("0", "1", "2", "3", "124", "255")) {
            agent("exit " + answer);
            assertThat(run()).isEqualTo(1);
        }
        agent("exec sleep 60");
        assertThat(run()).isEqualTo(1);
        assertThat(read("calls").lines()).doesNotContain("off 0", "on 0");
    }

    @Test
    void aNodeThatIsToStayOffIsNotSwitchedOn() throws Exception {
        write("devices", DEVICES);
        Files.createDirectories(directory.resolve("run/keep-off"));
        write("run/keep-off/sv2", "");
        assertThat(start(Map.of("DRBD_PEERS", "sv2"))).isEqualTo(7);
        assertThat(read("calls")).isEqualTo("off 0\nstatus 0\n");
        assertThat(read("log")).contains("sv2 stays off, as requested");
    }

    @Test
    void fencesAPeerOnceForTwoResources() throws Exception {
        write("devices", DEVICES);
        assertThat(run()).isEqualTo(7);
        String calls = read("calls");
        assertThat(run(Map.of("DRBD_PEERS", "sv2", "DRBD_RESOURCE", "r1"))).isEqualTo(7);
        assertThat(read("calls")).isEqualTo(calls);
    }

    @Test
    void showsNoSecretThatAnAgentPrints() throws Exception {
        write("devices", DEVICES);
        agent("[ -e failed ] || { : > failed; echo 'Ignoring unknown option password=s3cr et' >&2; exit 1; }\n"
                + WORKING_DEVICE);
        assertThat(run()).isEqualTo(7);
        assertThat(read("log") + read("lib/last-fencing"))
                .contains("password=********")
                .doesNotContain("s3cr");
    }

    @Test
    void doesNotFenceWithMixedRoles() throws Exception {
        write("devices", DEVICES);
        write(
                "drbd",
                "version: 8.4.11\n 0: cs:WFConnection ro:Primary/Unknown ds:UpToDate/DUnknown C r----s\n"
                        + " 1: cs:WFConnection ro:Secondary/Unknown ds:UpToDate/DUnknown C r-----\n");
        assertThat(run(Map.of("DRBD_PEERS", "sv2", "DRBD_MINOR", "0 1"))).isEqualTo(1);
        assertThat(read("calls")).isEmpty();
    }

    @Test
    void anAgentThatIsTooLateHasFencedIfItsStatusSaysOff() throws Exception {
        write("devices", DEVICES);
        agent("[ $action != off ] || { echo off > state; exec sleep 60; }\n" + WORKING_DEVICE);
        assertThat(run()).isEqualTo(7);
    }

    @Test
    void doesNotFenceAPeerThatWasConnectedWhileAnotherHandlerFenced() throws Exception {
        write("devices", DEVICES);
        Files.createDirectories(directory.resolve("run/fencing"));
        Process other = new ProcessBuilder(
                        "flock",
                        directory.resolve("run/fencing/sv2.lock").toString(),
                        "sh",
                        "-c",
                        "echo held; read line")
                .start();
        other.inputReader().readLine();
        Thread reconnect = new Thread(() -> {
            try {
                awaitLog("called for the peer sv2");
                state("Primary/Primary", "Connected");
                other.outputWriter().close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        reconnect.start();
        assertThat(run()).isEqualTo(1);
        reconnect.join();
        assertThat(read("calls")).isEmpty();
        assertThat(read("log")).contains("sv2 is connected again (Connected)");
    }

    @Test
    void doesNotFenceWhileAnyDataAreNotGood() throws Exception {
        write("devices", DEVICES);
        write("drbd", read("drbd").replace("ds:UpToDate/UpToDate", "ds:Inconsistent/UpToDate"));
        Thread synchronise = new Thread(() -> {
            try {
                awaitLog("not all UpToDate, so sv2 may have the only good data");
                assertThat(read("calls")).isEmpty();
                state("Primary/Unknown", "WFConnection");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        synchronise.start();
        assertThat(run()).isEqualTo(7);
        synchronise.join();
    }

    @Test
    void doesNotFenceAfterItsNodeWasDemoted() throws Exception {
        write("devices", DEVICES);
        agent("sed -i s,Primary/Unknown,Secondary/Unknown, drbd; exit 1");
        assertThat(run()).isEqualTo(1);
        assertThat(read("calls")).isEqualTo("off 0\n");
        assertThat(read("log")).contains("no longer Primary: sv2 is not fenced");
    }

    @Test
    void doesNotTrustARecordOfTheFuture() throws Exception {
        write("devices", DEVICES);
        Files.createDirectories(directory.resolve("run/fencing"));
        write("run/fencing/sv2", "4000000000\n");
        assertThat(run()).isEqualTo(7);
        assertThat(read("calls")).startsWith("off 0\nstatus 0\n");
    }

    @Test
    void retriesOnlyWithinTheTurnOfItsNodeAndNextTurns() throws Exception {
        write("devices", DEVICES.replace("wait=0", "wait=0\nlimit=2"));
        agent("cut -d . -f 1 /proc/uptime >> times\n[ $(wc -l < calls) -ge 3 ] || exit 1\n" + WORKING_DEVICE);
        int before = (int)
                Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
        assertThat(run()).isEqualTo(7);
        List<Integer> tries =
                read("times").lines().limit(3).map(Integer::valueOf).toList();
        // a turn of 2 s leaves no time for a retry; the next one begins 3 s after this one began
        assertThat(tries.get(1) - before).isGreaterThanOrEqualTo(3);
        assertThat(tries.get(2) - before).isGreaterThanOrEqualTo(6);
    }

    @Test
    void aBootedNodeSwitchesAPeerOnThatItHasSwitchedOff() throws Exception {
        write("devices", DEVICES);
        write("state", "off\n");
        Files.createDirectories(directory.resolve("lib/to-switch-on"));
        write("lib/to-switch-on/sv2", "");
        state("Secondary/Unknown", "WFConnection");
        write("drbd", read("drbd").replace("ds:UpToDate/DUnknown", "ds:Consistent/DUnknown"));
        assertThat(run()).isEqualTo(1);
        awaitLog("sv2 is on again");
        assertThat(read("log")).contains("sv2 is off, as its device says, and may have newer data");
        assertThat(directory.resolve("lib/to-switch-on/sv2")).doesNotExist();
    }

    @Test
    void aPeerThatWasOnAgainIsNotSwitchedOnLater() throws Exception {
        write("devices", DEVICES);
        Files.createDirectories(directory.resolve("lib/to-switch-on"));
        write("lib/to-switch-on/sv2", "");
        state("Secondary/Unknown", "WFConnection");
        assertThat(run()).isEqualTo(1);
        assertThat(directory.resolve("lib/to-switch-on/sv2")).doesNotExist();
    }

    @Test
    void aProgramThatAnAgentLeavesBehindIsNotAwaited() throws Exception {
        write("devices", DEVICES);
        agent("setsid sleep 300 & echo $! > left\n" + WORKING_DEVICE);
        assertThat(run()).isEqualTo(7);
        ProcessHandle left =
                ProcessHandle.of(Long.parseLong(read("left").strip())).orElseThrow();
        assertThat(left.destroy()).isTrue();
    }

    @Test
    void doesNotFenceWithoutItsLock() throws Exception {
        write("devices", DEVICES);
        write("run", "no directory\n");
        Thread repair = new Thread(() -> {
            try {
                awaitLog("fencing cannot be written");
                Files.delete(directory.resolve("run"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        repair.start();
        assertThat(run()).isEqualTo(7);
        repair.join();
    }
}
