package io.jenkins.plugins.drbdocfs2.remote.ssh;

import java.io.Serializable;
import java.time.Duration;

/**
 * How connections to nodes are made and kept.
 *
 * @param connectTimeout how long TCP connection, key exchange and login may take together; later, how long the server may
 *     take to open a channel for a script, or to exchange keys anew
 * @param keepAliveInterval how long a node may be silent before it is asked for a sign of life
 * @param keepAliveCount how many such questions may stay without an answer before the connection counts as lost
 * @param sudo whether scripts run through sudo where the user is not root
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

    /** The same with other keep-alives. */
    public SshSettings withKeepAlive(Duration interval, int count) {
        return new SshSettings(connectTimeout, interval, count, sudo);
    }

    /** The same with or without sudo. */
    public SshSettings withSudo(boolean use) {
        return new SshSettings(connectTimeout, keepAliveInterval, keepAliveCount, use);
    }
}
