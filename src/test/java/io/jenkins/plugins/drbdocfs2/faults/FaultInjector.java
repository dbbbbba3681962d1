package io.jenkins.plugins.drbdocfs2.faults;

import io.jenkins.plugins.drbdocfs2.lab.Lab;
import io.jenkins.plugins.drbdocfs2.lab.ProgramResult;
import io.jenkins.plugins.drbdocfs2.lab.RunningProgram;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Brings a round's fault about, and mends what faults leave behind. */
final class FaultInjector {
    private static final int ATTEMPTS = 60;
    private static final String FILL =
            """
            n=0
            for size in 1G 256M 64M 16M 4M 1M 256K 64K 16K 4K; do
              while fallocate -l $size /var/full.$n 2> /dev/null; do n=$((n + 1)); done
              rm -f /var/full.$n
            done
            df --output=avail / | tail -n 1
            """;

    private final Round round;
    private final Node node;
    private final RoundLog log;

    FaultInjector(Round round, List<Node> nodes, RoundLog log) {
        this.round = round;
        this.node = nodes.get(round.node() - 1);
        this.log = log;
    }

    /** Has the fault happen. */
    void begin(RunningProgram build) throws BrokenInvariant {
        switch (round.fault()) {
            case POWER_LOSS -> node.must("kill");
            case LINK_CUT -> node.must("cut");
                // out of the session that it ends
            case SSHD_KILLED -> node.attempt(
                    "ssh",
                    "systemd-run --quiet --no-block sh -c 'systemctl stop ssh; pkill -KILL -x sshd; sleep "
                            + round.lastsMillis() / 1000.0 + "; systemctl start ssh'");
            case CONNECTION_RESET -> reset();
            case DISK_FULL -> node.run(FILL);
            case RUNNER_KILLED -> build.signal("KILL");
            case ABORT -> build.signal("TERM");
        }
        log.tell("fault: " + round.fault() + (round.fault().strikesNode() ? " on " + node.name() : ""));
    }

    private void reset() {
        RunningProgram.start(new ProcessBuilder(
                        "ss",
                        "-K",
                        "state",
                        "established",
                        "dst",
                        "127.0.0.1",
                        "dport",
                        "=",
                        ":" + Lab.port(node.number())))
                .await();
    }

    /** Has it end, where it does so before the build has. */
    void endInTime() throws BrokenInvariant {
        if (round.lastsMillis() == 0) {
            return;
        }
        switch (round.fault()) {
            case POWER_LOSS, LINK_CUT, DISK_FULL -> {
                pause(round.lastsMillis());
                heal(node, log);
            }
            default -> {
                // ends by itself, or has no end
            }
        }
    }

    /** Mends whatever ails a node, and waits until it has booted and can be logged in to. */
    static void heal(Node node, RoundLog log) throws BrokenInvariant {
        if (node.isCut()) {
            node.must("heal");
            log.tell(node.name() + " is on the replication network again");
        }
        if (node.isOff()) {
            node.must("start");
            log.tell(node.name() + " was off and has booted");
        }
        awaitLogin(node);
        node.run("rm -f /var/full.*; timeout 200 systemctl is-system-running --wait > /dev/null; true");
    }

    private static void awaitLogin(Node node) throws BrokenInvariant {
        ProgramResult last = node.attempt("ssh", "true");
        for (int i = 0; i < ATTEMPTS && last.exitCode() != 0; i++) {
            pause(1000);
            last = node.attempt("ssh", "true");
        }
        if (last.exitCode() != 0) {
            throw new BrokenInvariant(node.name() + ": nobody can log in any more: " + last.output());
        }
    }

    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
