package io.jenkins.plugins.drbdocfs2.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import io.jenkins.plugins.drbdocfs2.support.Foreground;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs bootstrap.sh with each installed shell that can be the /bin/sh of a node. */
@Timeout(30)
class BootstrapTest {
    private static final String READY = "\u001edrbd-ocfs2 ready";
    private static final List<String> SHELLS = List.of("/bin/dash", "/bin/bash", "/bin/busybox");

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private String login = "";
    private Process process;

    static Stream<Arguments> all() {
        return SHELLS.stream()
                .flatMap(shell -> Arrays.stream(Bootstrap.values()).map(bootstrap -> Arguments.of(shell, bootstrap)));
    }

    static Stream<Arguments> kept() {
        return all().filter(arguments -> arguments.get()[1] != Bootstrap.ONE);
    }

    private BufferedReader start(String shell, Bootstrap bootstrap) throws IOException {
        Path program = Path.of(shell);
        assumeTrue(Files.exists(program), () -> shell + " is not on this machine");
        // All three shells check the name that they are called by
        Path sh = directory.resolve("sh");
        Files.deleteIfExists(sh);
        Files.createSymbolicLink(sh, program);
        String line = bootstrap.commandLine(Privilege.LOGIN).replace("/bin/sh", sh.toString());
        ProcessBuilder builder =
                new ProcessBuilder(Foreground.command("/bin/sh", "-c", login + line)).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().merge("PATH", directory.toString(), (path, first) -> first + ":" + path);
        process = builder.start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        // Before any input, on both outputs, which are merged here
        assertThat(output.readLine()).isEqualTo(READY);
        assertThat(output.readLine()).isEqualTo(READY);
        return output;
    }

    private void send(byte[] bytes) throws IOException {
        process.getOutputStream().write(bytes);
        process.getOutputStream().flush();
    }

    private String run(String shell, String script) throws IOException {
        BufferedReader output = start(shell, Bootstrap.ONE);
        send(Bootstrap.script("M", script));
        StringBuilder all = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            all.append(line.replace('\u001e', '^')).append('\n');
        }
        return all.toString();
    }

    @AfterEach
    void end() throws IOException {
        Files.deleteIfExists(directory.resolve("sh"));
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash", "/bin/busybox"})
    void runsTheScriptBetweenTheMarks(String shell) throws Exception {
        assertThat(run(shell, "echo \"$# $LC_ALL [${s-}]\"; readlink /proc/self/fd/0; exit 3"))
                .isEqualTo("^M+\n^M+\n0 C []\n/dev/null\n^M-3\n^M-3\n");
        assertThat(process.waitFor()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash", "/bin/busybox"})
    void runsScriptsInOrderUntilOneFails(String shell) throws Exception {
        assertThat(sequence(
                        shell,
                        "echo 'a' $# \"[${mark-}]\"; x=1; set -- 1",
                        "echo $# \"[${x-}]\"; exit 5",
                        "echo never"))
                .isEqualTo("^M+\n^M+\na 0 []\n^N-0\n^N-0\n0 []\n^N-5\n^N-5\n^M-5\n^M-5\n");
        assertThat(sequence(shell, "set -e; false; echo never", "echo never"))
                .isEqualTo("^M+\n^M+\n^N-1\n^N-1\n^M-1\n^M-1\n");
        assertThat(sequence(shell, "true", "(", "echo never"))
                .containsPattern("\\^N-[12]\n\\^N-[12]\n")
                .doesNotContain("never\n");
    }

    private String sequence(String shell, String... scripts) throws IOException {
        String text = new ScriptSequence(Stream.of(scripts).map(Script::of).toList(), null).text();
        return run(shell, text).replace(SentSequence.mark(text), "N");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash", "/bin/busybox"})
    void reportsTheSignalThatEndedTheScript(String shell) throws Exception {
        assertThat(run(shell, "kill -INT $$; echo not"))
                .endsWith("^M-130\n^M-130\n")
                .doesNotContain("not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash", "/bin/busybox"})
    void keepsEveryByteOfTheScript(String shell) throws Exception {
        String text = "'\"\\$`\t\u0001é\n\n";
        assertThat(run(shell, "printf %s " + Sh.quote(text) + " | od -An -tx1\n\n"))
                .contains(" 27 22 5c 24 60 09 01 c3 a9 0a 0a\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash", "/bin/busybox"})
    void setsTheUmaskWhateverTheLoginSets(String shell) throws Exception {
        login = "umask 077; ";
        assertThat(run(shell, "umask")).isEqualTo("^M+\n^M+\n0022\n^M-0\n^M-0\n");
    }

    @ParameterizedTest
    @MethodSource("all")
    void runsNothingOfATruncatedScript(String shell, Bootstrap bootstrap) throws Exception {
        BufferedReader output = start(shell, bootstrap);
        send("drbd-ocfs2 M 100\necho half\necho".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        assertThat(output.lines().noneMatch(line -> line.equals("half") || line.startsWith("\u001eM-")))
                .isTrue();
        assertThat(process.waitFor()).isEqualTo(254);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash", "/bin/busybox"})
    void endsAllProcessesOfTheScriptWhenTheInputEnds(String shell) throws Exception {
        endsAllProcesses(shell);
    }

    @Test
    void findsTheProcessesOfTheScriptWithoutGrepToo() throws Exception {
        Path grep = Files.writeString(directory.resolve("grep"), "#!/bin/sh\nexit 127\n");
        assertThat(grep.toFile().setExecutable(true)).isTrue();
        endsAllProcesses("/bin/dash");
    }

    private void endsAllProcesses(String shell) throws Exception {
        String deaf = "sh -c 'trap \"\" TERM; echo $$; exec sleep 1000' &\n";
        String groupOfItsOwn = "timeout 1000 sh -c 'echo $$; exec sleep 1000' &\n";
        List<Process> started = new ArrayList<>();
        List<ProcessHandle> processes = new ArrayList<>();
        for (Bootstrap bootstrap : Bootstrap.values()) {
            BufferedReader output = start(shell, bootstrap);
            send(Bootstrap.script("M", "sh -c 'echo $PPID'\n" + deaf + groupOfItsOwn + "wait"));
            started.add(process);
            processes.addAll(List.of(process.toHandle(), handle(output), handle(output), handle(output)));
        }
        for (Process each : started) {
            each.getOutputStream().close();
        }
        for (ProcessHandle each : processes) {
            each.onExit().get(40, TimeUnit.SECONDS);
        }
    }

    /** A variable that hardened systems set: bash stops waiting for a line after so many seconds. */
    @ParameterizedTest
    @EnumSource
    void waitsForAScriptLongerThanTheTimeoutOfAnIdleLogin(Bootstrap bootstrap) throws Exception {
        environment.put("TMOUT", "1");
        BufferedReader output = start("/bin/bash", bootstrap);
        send(Bootstrap.script("M", "sleep 2; echo \"end [$TMOUT]\""));
        assertThat(answer(output)).isEqualTo("^M+ ^M+ end [] ^M-0 ^M-0 ");
    }

    private static ProcessHandle handle(BufferedReader output) throws IOException {
        String line = output.readLine();
        while (!line.matches("\\d+")) {
            line = output.readLine();
        }
        return ProcessHandle.of(Long.parseLong(line)).orElseThrow();
    }

    private static String answer(BufferedReader output) throws IOException {
        StringBuilder all = new StringBuilder();
        for (int ends = 0; ends < 2; ) {
            String line = output.readLine();
            assertThat(line).as("after " + all).isNotNull();
            ends += line.startsWith("\u001eM-") ? 1 : 0;
            all.append(line.replace('\u001e', '^')).append(' ');
        }
        return all.toString();
    }

    @ParameterizedTest
    @MethodSource("kept")
    void runsScriptsInSequenceAndIsolated(String shell, Bootstrap bootstrap) throws Exception {
        BufferedReader output = start(shell, bootstrap);
        send(Bootstrap.script(
                "M", "v=1; cd /; set -u; echo \"$# $LC_ALL [${s-}]\"; readlink /proc/self/fd/0; exit 3\n\n"));
        assertThat(answer(output)).isEqualTo("^M+ ^M+ 0 C [] /dev/null ^M-3 ^M-3 ");
        send(Bootstrap.script("M", "echo \"[$v] $-\"; if"));
        assertThat(answer(output)).matches("\\^M\\+ \\^M\\+ .*\\^M-2 \\^M-2 ");
        send(Bootstrap.script("M", "echo \"[$v] $(umask)\"; kill -INT $(sh -c 'echo $PPID'); echo not"));
        assertThat(answer(output)).isEqualTo("^M+ ^M+ [] 0022 ^M-130 ^M-130 ");
        send(Bootstrap.script("M", "ls /proc/$(sh -c 'echo $PPID')/fd"));
        assertThat(answer(output)).isEqualTo("^M+ ^M+ 0 1 2 ^M-0 ^M-0 ");
        send(Bootstrap.script("M", "true"));
        assertThat(answer(output)).isEqualTo("^M+ ^M+ ^M-0 ^M-0 ");
        process.getOutputStream().close();
        process.onExit().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash", "/bin/busybox"})
    void runsEachCommandInASessionOfItsOwn(String shell) throws Exception {
        BufferedReader output = start(shell, Bootstrap.COMMANDS);
        String leads = "[ \"$(cut -d' ' -f6 /proc/$$/stat)\" = $$ ] && echo leads";
        for (int i = 0; i < 2; i++) {
            send(Bootstrap.script("M", leads));
            assertThat(answer(output)).isEqualTo("^M+ ^M+ leads ^M-0 ^M-0 ");
            send(Bootstrap.script("M", "kill -KILL $$"));
            assertThat(answer(output)).isEqualTo("^M+ ^M+ ^M-137 ^M-137 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash", "/bin/busybox"})
    void endsTheRunningCommandWhenTheInputEndsButNotWhatEarlierOnesLeft(String shell) throws Exception {
        BufferedReader output = start(shell, Bootstrap.COMMANDS);
        send(Bootstrap.script("M", "sleep 1000 > /dev/null 2>&1 & echo $!"));
        ProcessHandle left = handle(output);
        output.readLine();
        output.readLine();
        send(Bootstrap.script("M", "echo $$; exec sleep 1000"));
        ProcessHandle running = handle(output);
        process.getOutputStream().close();
        running.onExit().get(10, TimeUnit.SECONDS);
        process.onExit().get(10, TimeUnit.SECONDS);
        assertThat(left.isAlive()).isTrue();
        left.destroy();
    }

    @ParameterizedTest
    @MethodSource("kept")
    void endsWhenTheShellThatStaysIsKilled(String shell, Bootstrap bootstrap) throws Exception {
        BufferedReader output = start(shell, bootstrap);
        String stays = bootstrap == Bootstrap.COMMANDS ? "$PPID" : "$$";
        Path go = directory.resolve("go");
        String wait = "until [ -e " + go + " ]; do sleep 0.1; done; ";
        send(Bootstrap.script("M", "sh -c 'echo $PPID'; " + wait + "kill -KILL " + stays + "; exec sleep 1000"));
        ProcessHandle script = handle(output);
        Files.createFile(go);
        assertThat(output.lines().noneMatch(line -> line.contains("M-"))).isTrue();
        script.onExit().get(10, TimeUnit.SECONDS);
        process.onExit().get(10, TimeUnit.SECONDS);
    }

    /** What it did not read must not be taken for the next script. */
    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash", "/bin/busybox"})
    void endsWhenTheShellOfACommandIsKilledBeforeItHasReadIt(String shell) throws Exception {
        Path head = Files.writeString(directory.resolve("head"), "#!/bin/sh\nkill -KILL $PPID\n");
        assertThat(head.toFile().setExecutable(true)).isTrue();
        BufferedReader output = start(shell, Bootstrap.COMMANDS);
        send(Bootstrap.script("M", "echo one"));
        assertThat(output.lines().noneMatch(line -> line.contains("M-"))).isTrue();
        assertThat(process.waitFor()).isEqualTo(254);
    }

    @ParameterizedTest
    @EnumSource
    void skipsAPasswordThatSudoDidNotRead(Bootstrap bootstrap) throws Exception {
        BufferedReader output = start("/bin/sh", bootstrap);
        send(Bootstrap.preface(Privilege.SUDO_WITH_PASSWORD, "drbd-ocfs2x $(reboot) \\"));
        send(Bootstrap.script("M", "echo ran"));
        assertThat(answer(output)).contains("ran");
    }

    @ParameterizedTest
    @EnumSource
    void fitsOnOneLineInAnyLoginShell(Bootstrap bootstrap) {
        String text = bootstrap.commandLine(Privilege.LOGIN);
        assertThat(text).doesNotContain("\n").doesNotContain("\\\\").doesNotContain("\\'");
        assertThat(text.chars().filter(c -> c == '\'').count()).isEqualTo(2);
    }
}
