package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.check.Durations;
import io.jenkins.plugins.drbdocfs2.engine.Change.Reboot;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException.Kind;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.result.NodeResult;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Reboots a node, and waits until it answers with another boot ID: random(4). */
final class NodeReboot {
    private static final String COMMAND = "systemctl --no-block reboot";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long PAUSE_SECONDS = 2;

    private final Reboot reboot;
    private final NodeResult result;
    private final Log log;

    NodeReboot(Reboot reboot, NodeResult result, Log log) {
        this.reboot = reboot;
        this.result = result;
        this.log = log;
    }

    void run(Remote remote) throws StepFailure, RemoteException, InterruptedException {
        String before = bootId(remote);
        long start = System.nanoTime();
        begin(remote);
        say("waiting for the node to answer again");
        String last = "it still runs";
        while (System.nanoTime() - start < reboot.timeout().toNanos()) {
            TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
            remote.closeIfIdle();
            try {
                if (!bootId(remote).equals(before)) {
                    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                    result.command(COMMAND, 0, "", "", millis);
                    say("the node answers again after " + Durations.text(millis));
                    return;
                }
            } catch (RemoteException e) {
                if (e.kind() == Kind.CHANGED_HOST_KEY || e.kind() == Kind.UNKNOWN_HOST_KEY) {
                    throw e;
                }
                last = e.getMessage();
            }
        }
        throw new StepFailure(reboot.node() + " did not come back within "
                + reboot.timeout().toSeconds() + " s after `" + COMMAND + "`: " + last + ". See its console.");
    }

    private void say(String line) {
        log.line("    " + reboot.node() + ": " + line);
    }

    private static void begin(Remote remote) throws StepFailure, RemoteException, InterruptedException {
        try {
            var answer = remote.run(Script.of(COMMAND).withTimeout(PATIENCE));
            if (!answer.ok()) {
                throw new StepFailure("on " + remote.node().name() + ", `" + COMMAND + "` failed with exit code "
                        + answer.exitCode() + ": " + answer.stderr().strip());
            }
        } catch (RemoteException e) {
            if (e.kind() != Kind.LOST && e.kind() != Kind.TIMEOUT) { // else it may be gone already
                throw e;
            }
        }
    }

    private static String bootId(Remote remote) throws RemoteException, InterruptedException {
        return remote.run(Script.of("cat /proc/sys/kernel/random/boot_id").withTimeout(PATIENCE))
                .stdout()
                .strip();
    }
}
