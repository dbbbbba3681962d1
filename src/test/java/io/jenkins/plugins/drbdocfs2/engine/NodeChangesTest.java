package io.jenkins.plugins.drbdocfs2.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.remote.FakeRemote;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import io.jenkins.plugins.drbdocfs2.result.StepProgress;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class NodeChangesTest {
    private final List<String> log = new ArrayList<>();

    /** The numbers of scripts that were sent in one go. */
    private final List<Integer> sent = new ArrayList<>();

    private final StepResult result =
            new StepResult("step", Map.of(), false, List.of("sv1"), UnaryOperator.identity(), StepProgress.NONE);

    private final FakeRemote node = new FakeRemote("sv1", script -> switch (script.text()) {
        case "changes" -> FakeRemote.failed(3, "");
        case "fails" -> FakeRemote.failed(7, "no such device\n");
        default -> FakeRemote.ok("said\n");
    });

    private final Remote remote = new Remote() {
        @Override
        public Node node() {
            return node.node();
        }

        @Override
        public ScriptResult run(Script script, Consumer<String> lines) throws RemoteException, InterruptedException {
            sent.add(1);
            return node.run(script, lines);
        }

        @Override
        public void runInOrder(List<Script> scripts, SequenceListener listener)
                throws RemoteException, InterruptedException {
            sent.add(scripts.size());
            node.runInOrder(scripts, listener);
        }
    };

    private static Command command(String line) {
        return Command.shell("sv1", line);
    }

    private void make(Change... changes) throws Exception {
        Plan plan = new Plan.Builder().stage("changes", List.of(changes)).build();
        new NodeChanges(plan, result, new GroupedLog(log::add)).make(List.of(changes), remote, () -> false);
    }

    @Test
    void commandsAndFilesThatFollowOneAnotherAreSentInOneGo() throws Exception {
        make(command("a"), new PutFile("sv1", "/etc/x", null, "x\n", "0644"), command("b"));
        assertThat(sent).containsExactly(3);
        assertThat(log).contains("    sv1: a", "    sv1: write /etc/x", "    sv1: b");
    }

    @Test
    void nothingIsSentTogetherWithWhatComesAfterAnExitCodeThatMayBeAnother() throws Exception {
        make(
                command("a"),
                command("changes").changesOn(3),
                command("b"),
                command("fails").withAnyExitCode(),
                command("c"));
        assertThat(sent).containsExactly(2, 2, 1);
        assertThat(node.scripts()).extracting(Script::text).containsExactly("a", "changes", "b", "fails", "c");
    }

    @Test
    void aCommandWhoseOutputIsPassedOnIsSentByItself() throws Exception {
        make(command("a"), command("b").passOn(), command("c"), command("d"));
        assertThat(sent).containsExactly(1, 1, 2);
        assertThat(log).contains("    sv1| said");
    }

    @Test
    void afterAFailedCommandNoFurtherOneIsAnnouncedOrRun() {
        assertThatThrownBy(() -> make(command("a"), command("fails"), command("never")))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("on sv1, `fails` failed with exit code 7: no such device");
        assertThat(sent).containsExactly(3);
        assertThat(node.scripts()).extracting(Script::text).containsExactly("a", "fails");
        assertThat(log).noneMatch(line -> line.contains("never"));
    }
}
