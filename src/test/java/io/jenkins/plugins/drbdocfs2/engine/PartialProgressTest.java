package io.jenkins.plugins.drbdocfs2.engine;

import static io.jenkins.plugins.drbdocfs2.remote.FakeRemote.failed;
import static io.jenkins.plugins.drbdocfs2.remote.FakeRemote.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.remote.FakeRemote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import io.jenkins.plugins.drbdocfs2.result.StepProgress;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A step that fails or is aborted reports which stages are done, not finished, and not started. */
class PartialProgressTest {
    private final List<String> log = new ArrayList<>();
    private final StepResult result =
            new StepResult("drbdDemote", Map.of(), false, List.of("sv1", "sv2"), text -> text, StepProgress.NONE);

    /** Gives the result of a script, or throws. */
    private interface Answers {
        ScriptResult to(String node, Script script) throws RemoteException, InterruptedException;
    }

    private static Plan plan() {
        return new Plan.Builder()
                .stage("create metadata", both("create"))
                .stage("put the file in place", both("put"))
                .stage("bring it up", both("up"))
                .build();
    }

    private static List<Command> both(String word) {
        return List.of(Command.of("sv1", word), Command.of("sv2", word));
    }

    private void apply(Answers answers) throws Exception {
        Cluster two = new SequentialCluster(
                new FakeRemote("sv1", script -> answers.to("sv1", script)),
                new FakeRemote("sv2", script -> answers.to("sv2", script)));
        new PlanExecutor(two, plan(), null, result, log::add).execute();
    }

    @Test
    void failureReportsStagesDoneNotFinishedAndNotStarted() {
        assertThatThrownBy(() -> apply((node, script) ->
                        node.equals("sv2") && script.text().equals("put") ? failed(1, "full") : ok("")))
                .isInstanceOf(StepFailure.class);
        String state = "current state: done: \"create metadata\"; not finished: \"put the file in place\" on sv2; "
                + "not started: \"bring it up\". Nothing was undone. Run the step again: it continues from there";
        assertThat(log).contains("  " + state);
        assertThat(result.toMap("failed")).containsEntry("notes", List.of(state));
    }

    @Test
    void abortReportsStagesDoneAndNotFinished() {
        assertThatThrownBy(() -> apply((node, script) -> {
                    if (script.text().equals("up")) {
                        throw new InterruptedException();
                    }
                    return ok("");
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(log)
                .anyMatch(line -> line.contains(
                        "done: \"create metadata\", \"put the file in place\"; not finished: \"bring it up\" "
                                + "on sv1, sv2."));
    }

    @Test
    void successReportsNoPartialProgress() throws Exception {
        apply((node, script) -> ok(""));
        assertThat(log).noneMatch(line -> line.contains("current state"));
    }
}
