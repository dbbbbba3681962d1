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

    private int lostAfter = Integer.MAX_VALUE;

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
            node.runInOrder(scripts.subList(0, Math.min(lostAfter, scripts.size())), listener);
            if (lostAfter < Integer.MAX_VALUE) {
                throw new RemoteException("sv1", RemoteException.Kind.LOST, "the connection was lost", null);
            }
        }
    };

    private static Command command(String line) {
        return Command.shell("sv1", line);
    }

    private static Command harmless(String line) {
        return command(line).harmless();
    }

    private void make(Change... changes) throws Exception {
        Plan plan = new Plan.Builder().stage("changes", List.of(changes)).build();
        new NodeChanges(plan, result, new GroupedLog(log::add)).make(List.of(changes), remote, () -> false);
    }

    @Test
    void harmlessChangesAreSentTogetherWithTheChangeBeforeThem() throws Exception {
        make(command("a"), new PutFile("sv1", "/etc/x", null, "x\n", "0644"), harmless("b"));
        assertThat(sent).containsExactly(3);
        assertThat(log).contains("    sv1: a", "    sv1: write /etc/x", "    sv1: b");
    }

    @Test
    void allOtherChangesAreSentAfterTheEndOfTheChangeBeforeThem() throws Exception {
        make(
                harmless("a"),
                harmless("b"),
                command("wipe"),
                new PutFile("sv1", "/etc/x", "x\n", "y\n", "0644"),
                new PutFile("sv1", "/etc/y", "y\n", null, "0644"),
                command("remove"));
        assertThat(sent).containsExactly(2, 2, 1, 1);
    }

    @Test
    void nothingIsSentTogetherWithACommandBeforeItThatMayFail() throws Exception {
        make(
                command("a"),
                harmless("changes").changesOn(3),
                harmless("b"),
                harmless("fails").withAnyExitCode(),
                harmless("c"));
        assertThat(sent).containsExactly(2, 2, 1);
        assertThat(node.scripts()).extracting(Script::text).containsExactly("a", "changes", "b", "fails", "c");
    }

    @Test
    void aCommandWhoseOutputIsPassedOnIsSentByItself() throws Exception {
        make(command("a"), harmless("b").passOn(), harmless("c"), harmless("d"));
        assertThat(sent).containsExactly(1, 1, 2);
        assertThat(log).contains("    sv1| said");
    }

    @Test
    void afterAFailedCommandNoFurtherOneIsAnnouncedOrRun() {
        assertThatThrownBy(() -> make(command("a"), harmless("fails"), harmless("never")))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("on sv1, `fails` failed with exit code 7: no such device");
        assertThat(sent).containsExactly(3);
        assertThat(node.scripts()).extracting(Script::text).containsExactly("a", "fails");
        assertThat(log).noneMatch(line -> line.contains("never"));
    }

    @Test
    void aConnectionThatIsLostAfterAFailureDoesNotHideIt() {
        lostAfter = 2;
        assertThatThrownBy(() -> make(command("a"), harmless("fails"), harmless("never")))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("exit code 7");
    }

    @Test
    void aConnectionThatIsLostAfterTheLastResultIsNoFailure() throws Exception {
        lostAfter = 2;
        make(command("a"), harmless("b"));
        assertThat(log).contains("    sv1: b");
    }

    @Test
    void aConnectionThatIsLostBeforeTheLastResultIsAFailure() {
        lostAfter = 1;
        assertThatThrownBy(() -> make(command("a"), harmless("b"))).isInstanceOf(RemoteException.class);
    }

    @Test
    void nothingIsSentAfterALostConnection() {
        lostAfter = 2;
        assertThatThrownBy(() -> make(command("a"), harmless("b"), command("c")))
                .isInstanceOf(RemoteException.class);
        assertThat(node.scripts()).extracting(Script::text).containsExactly("a", "b");
    }
}
