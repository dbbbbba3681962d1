package io.jenkins.plugins.drbdocfs2.remote.ssh;

import java.io.Serializable;
import java.time.Duration;

/**
 * The settings of connections to nodes.
 *
 * @param connectTimeout the time limit for TCP connection, key exchange and login together, and later for opening a
 *     channel or another key exchange
 * @param keepAliveInterval the time of silence after which a keep-alive is sent
 * @param keepAliveCount the number of unanswered keep-alives after which the connection is lost
 * @param sudo whether scripts run through sudo if the user is not root
 */
public record SshSettings(Duration connectTimeout, Duration keepAliveInterval, int keepAliveCount, boolean sudo)
        implements Serializable {
    /** 30 seconds to connect, lost after 4 times 15 seconds of silence, no sudo. */
    public static final SshSettings DEFAULT = new SshSettings(Duration.ofSeconds(30), Duration.ofSeconds(15), 3, false);

    /** @throws IllegalArgumentException if a duration is not between one millisecond and a day, or the count not positive */
    public SshSettings {
        check(connectTimeout, "connect timeout");
        check(keepAliveInterval, "keep-alive interval");
        if (keepAliveCount < 1) {
            throw new IllegalArgumentException("The keep-alive count must be at least 1: " + keepAliveCount);
        }
    }

    private static void check(Duration duration, String what) {
        if (duration.toMillis() < 1 || duration.toDays() > 1) {
            throw new IllegalArgumentException("The " + what + " must be more than 0 and at most a day: " + duration);
        }
    }

    /** The same with another time to connect. */
    public SshSettings withConnectTimeout(Duration limit) {
        return new SshSettings(limit, keepAliveInterval, keepAliveCount, sudo);
    }

    /** The same with or without sudo. */
    public SshSettings withSudo(boolean use) {
        return new SshSettings(connectTimeout, keepAliveInterval, keepAliveCount, use);
    }
}
