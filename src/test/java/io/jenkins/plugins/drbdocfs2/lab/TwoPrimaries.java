package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The two nodes of the example dual-primary-ocfs2, which lose each other in a test. */
public final class TwoPrimaries {
    /** The example. */
    public static final String BUILD = Lab.smallExample("dual-primary-ocfs2");

    /** The step with the power switch of the lab as the fencing device of both nodes. */
    public static final String FENCING_DEVICES = fencingDevices("lab-switch-sv1", "lab-switch-sv2");

    private static final String CONNECTED = "mountpoint -q /mnt/drbd0 && [ \"$(drbdadm cstate r0)\" = Connected ]"
            + " && [ \"$(drbdadm dstate r0)\" = UpToDate/UpToDate ]";

    private final Lab lab;

    TwoPrimaries(Lab lab) {
        this.lab = lab;
    }

    /** A script that waits for a condition of the shell. */
    static String await(String condition) {
        return "timeout 240 sh -c 'until " + condition + "; do sleep 1; done'";
    }

    /** The step with the power switch as the fencing device, and these credentials for sv1 and sv2. */
    static String fencingDevices(String... credentials) {
        return "clusterConfigureFencing(devices: ["
                + IntStream.rangeClosed(1, 2)
                        .mapToObj(number ->
                                "[node: 'sv%1$d', agent: 'fence_lab', parameters: 'ip=10.99.0.254 plug=sv%1$d', credentialsId: '%2$s'],"
                                        .formatted(number, credentials[number - 1]))
                        .reduce("", String::concat)
                + "])";
    }

    void onBoth(String script) {
        lab.ssh(1, script);
        lab.ssh(2, script);
    }

    /** Waits until both are connected and have the filesystem mounted. */
    void awaitConnected() {
        onBoth(await(CONNECTED));
    }

    /** Waits until both are connected, mounted and Primary. */
    void awaitWhole() {
        onBoth(await(CONNECTED + " && [ \"$(drbdadm role r0)\" = Primary/Primary ]"));
    }

    /** How often they were reset, without power cuts. */
    int resets() {
        return lab.resets(1) + lab.resets(2);
    }

    /** Identifies the present boot of node number N. */
    String bootId(int number) {
        return lab.ssh(number, "cat /proc/sys/kernel/random/boot_id");
    }

    /** Waits until node number N answers after another boot than this one. */
    void awaitBoot(int number, String before) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (true) {
            ProgramResult id = lab.start("ssh", String.valueOf(number), "cat /proc/sys/kernel/random/boot_id")
                    .killAfter(Duration.ofSeconds(20))
                    .await();
            if (id.exitCode() == 0 && !id.output().equals(before)) {
                return;
            }
            assertThat(System.nanoTime()).as("sv%s boots: %s", number, id).isLessThan(deadline);
            try {
                TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
