package io.jenkins.plugins.drbdocfs2.faults;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.jenkins.plugins.drbdocfs2.faults.PeerLossRound.Fault;
import io.jenkins.plugins.drbdocfs2.lab.Lab;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A few losses of the peer; faults/run --freeze and --fenced run any number. */
@TestMethodOrder(OrderAnnotation.class)
class PeerLossRoundsLabIT {
    private static final List<PeerLossRound> FREEZE = List.of(
            new PeerLossRound(1, Fault.SHORT_CUT, 1, 22, 0),
            new PeerLossRound(2, Fault.FLAPPING, 2, 8, 0),
            new PeerLossRound(3, Fault.SHORT_POWER_LOSS, 1, 20, 0));
    private static final List<PeerLossRound> FENCE = List.of(
            new PeerLossRound(4, Fault.POWER_LOSS, 1, 0, 0),
            new PeerLossRound(5, Fault.DEVICE_FAILS_FIRST, 2, 40, 0),
            new PeerLossRound(6, Fault.DEVICE_LIES, 1, 35, 35));

    @AutoClose
    private static Lab lab;

    private static PeerLossRounds prepared;

    @BeforeAll
    static void up() {
        lab = Lab.up("sv1", "sv2");
    }

    @ParameterizedTest
    @FieldSource("FREEZE")
    @Order(1)
    void nodesThatSuspendTheirIoAreWholeAgain(PeerLossRound round) {
        holds(round, false);
    }

    @ParameterizedTest
    @FieldSource("FENCE")
    @Order(2)
    void nodesThatFenceEachOtherAreWholeAgain(PeerLossRound round) {
        holds(round, true);
    }

    private static void holds(PeerLossRound round, boolean fence) {
        if (prepared == null || prepared.fences() != fence) {
            prepared = new PeerLossRounds(System.out, fence);
            prepared.prepare(lab);
        }
        assertThatCode(() -> prepared.hold(round, lab)).doesNotThrowAnyException();
    }
}
