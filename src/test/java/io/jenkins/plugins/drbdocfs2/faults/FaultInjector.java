package io.jenkins.plugins.drbdocfs2.faults;

import io.jenkins.plugins.drbdocfs2.lab.Lab;
import io.jenkins.plugins.drbdocfs2.lab.ProgramResult;
import io.jenkins.plugins.drbdocfs2.lab.RunningProgram;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Injects the fault of a round, and repairs the nodes afterwards. */
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

    /** Injects the fault. */
    void inject(RunningProgram build) throws BrokenInvariant {
        switch (round.fault()) {
            case POWER_LOSS -> node.must("kill");
            case LINK_CUT -> node.must("cut");
                // outside of the session that it ends
            case SSHD_KILLED -> node.attempt(
                    "ssh",
                    "systemd-run --quiet --no-block sh -c 'systemctl stop ssh; pkill -KILL -x sshd; sleep "
                            + round.lastsMillis() / 1000.0 + "; systemctl start ssh'");
            case CONNECTION_RESET -> reset();
            case DISK_FULL -> node.run(FILL);
            case RUNNER_KILLED -> build.signal("KILL");
            case ABORT -> build.signal("TERM");
        }
        log.add("fault: " + round.fault() + (round.fault().affectsNode() ? " on " + node.name() : ""));
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

    /** Ends the fault if it ends before the build. */
    void endDuringBuild() throws BrokenInvariant {
        if (round.lastsMillis() == 0) {
            return;
        }
        switch (round.fault()) {
            case POWER_LOSS, LINK_CUT, DISK_FULL -> {
                pause(round.lastsMillis());
                repair(node, log);
            }
            default -> {
                // ends by itself, or never
            }
        }
    }

    /** Repairs a node, and waits until it has booted and accepts logins. */
    static void repair(Node node, RoundLog log) throws BrokenInvariant {
        if (node.isCut()) {
            node.must("heal");
            log.add(node.name() + " is on the replication network again");
        }
        if (node.isOff()) {
            node.must("start");
            log.add(node.name() + " was off and has booted");
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
            throw new BrokenInvariant(node.name() + ": login is no longer possible: " + last.output());
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
