package io.jenkins.plugins.drbdocfs2.operation;

import static io.jenkins.plugins.drbdocfs2.remote.FakeRemote.failed;
import static io.jenkins.plugins.drbdocfs2.remote.FakeRemote.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.operation.Change.Command;
import io.jenkins.plugins.drbdocfs2.remote.Answer;
import io.jenkins.plugins.drbdocfs2.remote.FakeRemote;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A step that fails or is aborted says what stands. */
class StandingTest {
    private static final DrbdDemote OPERATION = new DrbdDemote("r0", "sv1");

    private final List<String> log = new ArrayList<>();
    private final StepResult result = new StepResult("drbdDemote", Map.of(), false, List.of("sv1", "sv2"));

    /** What a script is answered with, or what is thrown at it. */
    private interface Answers {
        Answer to(String node, Script script) throws RemoteException, InterruptedException;
    }

    /** Two nodes, one after the other. */
    private record Two(Answers answers) implements Cluster {
        @Override
        public List<Node> nodes() {
            return SomeNodes.BOTH;
        }

        @Override
        public <R> Map<String, R> onEach(Collection<String> names, Task<R> task)
                throws StepFailure, RemoteException, InterruptedException {
            Map<String, R> results = new LinkedHashMap<>();
            for (String name : names) {
                results.put(name, task.on(new FakeRemote(name, script -> answers.to(name, script))));
            }
            return results;
        }

        @Override
        public Assumptions assumptions() {
            return new Assumptions();
        }

        @Override
        public Mask mask() {
            return new Mask(Set.of());
        }
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
        new Apply(new Two(answers), OPERATION, result, new Mask(Set.of()), log::add).carryOut(plan());
    }

    @Test
    void aFailureOnOneNodeSaysWhatIsDoneWhatIsNotAndThatItGoesOnFromThere() {
        assertThatThrownBy(() -> apply((node, script) ->
                        node.equals("sv2") && script.text().equals("put") ? failed(1, "full") : ok("")))
                .isInstanceOf(StepFailure.class);
        String stands = "what stands now: done: \"create metadata\"; not ended: \"put the file in place\" on sv2; not"
                + " begun: \"bring it up\". Nothing was undone. The step looks first, so run it again: it goes on from"
                + " there";
        assertThat(log).contains("  " + stands);
        assertThat(result.toMap("failed")).containsEntry("notes", List.of(stands));
    }

    @Test
    void anAbortSaysSoToo() {
        assertThatThrownBy(() -> apply((node, script) -> {
                    if (script.text().equals("up")) {
                        throw new InterruptedException();
                    }
                    return ok("");
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(log)
                .anyMatch(
                        line -> line.contains(
                                "done: \"create metadata\", \"put the file in place\"; not ended: \"bring it up\" on sv1, sv2."));
    }

    @Test
    void whatSucceedsSaysNothing() throws Exception {
        apply((node, script) -> ok(""));
        assertThat(log).noneMatch(line -> line.contains("what stands now"));
    }
}
