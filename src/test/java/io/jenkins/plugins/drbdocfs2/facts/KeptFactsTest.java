package io.jenkins.plugins.drbdocfs2.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class KeptFactsTest {
    private static final Probe<String> STATE = new Probe<>("state", "state", Reading::text);
    private static final Probe<String> VERSION =
            new Probe<>("version", "version", Reading::text).lasting(version -> !version.isEmpty());
    private static final ProbeSet BOTH = ProbeSet.of(STATE, VERSION);

    private final KeptFacts kept = new KeptFacts();
    private final NodeWithConnections remote = new NodeWithConnections();
    private final List<String> asked = new ArrayList<>();
    private String version = "9.1";
    private int user;
    private Runnable whileAsked = () -> {};

    private static final class NodeWithConnections implements Remote {
        private int connections = 1;

        @Override
        public Node node() {
            return new Node("sv1", "localhost", 22, "127.0.0.1");
        }

        @Override
        public int connections() {
            return connections;
        }

        @Override
        public ScriptResult run(Script script, Consumer<String> stdoutLine) {
            throw new AssertionError(script.text());
        }
    }

    private Object value(Probe<?> probe) {
        if (probe.equals(NodeIdentity.PROBE)) {
            return new NodeIdentity("sv1", user, "6.1");
        }
        return probe.equals(VERSION) ? version : "up";
    }

    private NodeFacts answer(ProbeSet probes) {
        Map<String, Object> answers = new LinkedHashMap<>();
        probes.probes().forEach(probe -> answers.put(probe.key(), value(probe)));
        asked.add(String.join(" ", answers.keySet()));
        whileAsked.run();
        return new NodeFacts(remote.node(), answers);
    }

    private KeptFacts.Look look(ProbeSet probes) throws Exception {
        return look(StepPosition.UNKNOWN, probes);
    }

    private KeptFacts.Look look(StepPosition step, ProbeSet probes) throws Exception {
        KeptFacts.Look look = kept.look(step);
        NodeFacts facts = look.ask(probes, remote, this::answer);
        assertThat(probes.probes()).allMatch(facts::has);
        return look;
    }

    @Test
    void asksForALastingAnswerOnce() throws Exception {
        look(BOTH).keep();
        look(BOTH).keep();
        assertThat(look(ProbeSet.of(VERSION)).drop()).isTrue();
        assertThat(asked).containsExactly("state version", "state");
    }

    @Test
    void keepsOnlyTheAnswersOfALookThatIsToldTo() throws Exception {
        look(BOTH);
        assertThat(look(BOTH).drop()).isFalse();
        assertThat(asked).containsExactly("state version", "state version");
    }

    @Test
    void asksAgainAfterADrop() throws Exception {
        look(BOTH).keep();
        kept.drop();
        look(BOTH);
        assertThat(asked).containsExactly("state version", "state version");
    }

    @Test
    void keepsNothingOfALookDuringWhichSomethingRan() throws Exception {
        KeptFacts.Look look = look(BOTH);
        kept.drop();
        look.keep();
        look(BOTH);
        assertThat(asked).containsExactly("state version", "state version");
    }

    @Test
    void keepsNoUnknownAnswer() throws Exception {
        version = "";
        look(BOTH).keep();
        look(BOTH);
        assertThat(asked).containsExactly("state version", "state version");
    }

    @Test
    void asksAgainOnAnotherConnection() throws Exception {
        look(BOTH).keep();
        remote.connections++;
        look(BOTH).keep();
        look(BOTH);
        assertThat(asked).containsExactly("state version", "state version", "state");
    }

    @Test
    void asksForEverythingAgainIfTheConnectionIsReplacedMeanwhile() throws Exception {
        look(BOTH).keep();
        whileAsked = () -> remote.connections++;
        version = "9.2";
        NodeFacts facts = kept.look(StepPosition.UNKNOWN).ask(BOTH, remote, this::answer);
        assertThat(facts.get(VERSION)).isEqualTo("9.2");
        assertThat(asked).containsExactly("state version", "state", "state version");
    }

    @Test
    void servesTheStepRightAfter() throws Exception {
        look(new StepPosition("1", null), BOTH).keep();
        KeptFacts.Look next = look(new StepPosition("2", "1"), BOTH);
        assertThat(next.helped()).isTrue();
        next.keep();
        look(new StepPosition("3", "2"), BOTH);
        assertThat(asked).containsExactly("state version");
    }

    @Test
    void passesOnWhatTheStepBetweenDidNotAsk() throws Exception {
        look(new StepPosition("1", null), ProbeSet.of(STATE)).keep();
        look(new StepPosition("2", "1"), ProbeSet.of(VERSION)).keep();
        look(new StepPosition("3", "2"), BOTH);
        assertThat(asked).containsExactly("state", "version");
    }

    @Test
    void servesNoStepBeforeWhichAnotherRan() throws Exception {
        look(new StepPosition("1", null), BOTH).keep();
        look(new StepPosition("3", "2"), BOTH);
        look(new StepPosition("4", null), BOTH);
        look(BOTH);
        assertThat(asked).containsExactly("state version", "state", "state", "state");
    }

    @Test
    void forgetsAnswersWhenAnotherStepKeepsItsOwn() throws Exception {
        look(new StepPosition("1", null), BOTH).keep();
        look(new StepPosition("5", "4"), ProbeSet.of(VERSION)).keep();
        look(new StepPosition("6", "5"), BOTH);
        assertThat(asked).containsExactly("state version", "state");
    }

    @Test
    void servesNoStepAfterADrop() throws Exception {
        look(new StepPosition("1", null), BOTH).keep();
        kept.drop();
        look(new StepPosition("2", "1"), BOTH);
        assertThat(asked).containsExactly("state version", "state version");
    }

    @Test
    void servesNoStepOnAnotherConnection() throws Exception {
        look(new StepPosition("1", null), BOTH).keep();
        remote.connections++;
        look(new StepPosition("2", "1"), BOTH);
        assertThat(asked).containsExactly("state version", "state version");
    }

    @Test
    void asksAgainOnlyForWhatWasKept() throws Exception {
        look(new StepPosition("1", null), ProbeSet.of(STATE)).keep();
        KeptFacts.Look look = look(new StepPosition("2", "1"), BOTH);
        assertThat(look.drop()).isTrue();
        KeptFacts.Look again = look.again();
        NodeFacts facts = again.ask(BOTH, remote, this::answer);
        assertThat(BOTH.probes()).allMatch(facts::has);
        assertThat(again.helped()).isFalse();
        assertThat(asked).containsExactly("state", "version", "state");
    }

    @Test
    void keepsNoAnswersOfAUserOtherThanRoot() throws Exception {
        user = 1000;
        ProbeSet probes = ProbeSet.of(NodeIdentity.PROBE, STATE);
        look(new StepPosition("1", null), probes).keep();
        look(new StepPosition("2", "1"), probes);
        assertThat(asked).containsExactly("identity state", "identity state");
    }

    @Test
    void servesNoProbeThatAsksForMoreUnderTheSameKey() throws Exception {
        look(new StepPosition("1", null), ProbeSet.of(STATE)).keep();
        ProbeSet more = ProbeSet.of(new Probe<>("state", "state --all", Reading::text));
        look(new StepPosition("2", "1"), more);
        KeptFacts.Look look = kept.look(StepPosition.UNKNOWN);
        look.ask(ProbeSet.of(STATE), remote, this::answer);
        look.ask(more, remote, this::answer);
        assertThat(asked).containsExactly("state", "state", "state", "state");
    }
}
