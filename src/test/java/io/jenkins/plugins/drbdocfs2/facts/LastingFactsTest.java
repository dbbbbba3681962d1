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

class LastingFactsTest {
    private static final Probe<String> STATE = new Probe<>("state", "state", Reading::text);
    private static final Probe<String> VERSION =
            new Probe<>("version", "version", Reading::text).lasting(version -> !version.isEmpty());
    private static final ProbeSet BOTH = ProbeSet.of(STATE, VERSION);

    private final LastingFacts kept = new LastingFacts();
    private final NodeWithConnections remote = new NodeWithConnections();
    private final List<String> asked = new ArrayList<>();
    private String version = "9.1";
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

    private NodeFacts answer(ProbeSet probes) {
        Map<String, Object> answers = new LinkedHashMap<>();
        probes.probes().forEach(probe -> answers.put(probe.key(), probe.equals(VERSION) ? version : "up"));
        asked.add(String.join(" ", answers.keySet()));
        whileAsked.run();
        return new NodeFacts(remote.node(), answers);
    }

    private LastingFacts.Look look(ProbeSet probes) throws Exception {
        LastingFacts.Look look = kept.look();
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
        LastingFacts.Look look = look(BOTH);
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
        NodeFacts facts = kept.look().ask(BOTH, remote, this::answer);
        assertThat(facts.get(VERSION)).isEqualTo("9.2");
        assertThat(asked).containsExactly("state version", "state", "state version");
    }
}
