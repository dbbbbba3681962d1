package io.jenkins.plugins.drbdocfs2.drbd.status;

import io.jenkins.plugins.drbdocfs2.facts.Reported;

/** The state of a connection to a peer. drbdsetup(8). */
public enum ConnectionState implements Reported.State {
    /** Given up, on request or after a split brain. */
    STANDALONE("StandAlone"),
    /** Being taken down. */
    DISCONNECTING("Disconnecting"),
    /** For a moment, before the next attempt. */
    UNCONNECTED("Unconnected"),
    /** The peer did not answer in time. */
    TIMEOUT("Timeout"),
    /** The connection broke. */
    BROKEN_PIPE("BrokenPipe"),
    /** The network failed. */
    NETWORK_FAILURE("NetworkFailure"),
    /** The peer did not speak the DRBD protocol. */
    PROTOCOL_ERROR("ProtocolError"),
    /** The peer is closing it. */
    TEAR_DOWN("TearDown"),
    /** Waiting for the peer ("WFConnection" in /proc/drbd). */
    CONNECTING("Connecting"),
    /** Established; see {@link ConnectionStatus#isConnected()}. */
    CONNECTED("Connected"),
    /** Any other word, or none. */
    UNKNOWN(null);

    private final String word;

    ConnectionState(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /** Parses DRBD's word; null if it printed none. */
    public static Reported<ConnectionState> parse(String word) {
        return Reported.parse(word, UNKNOWN);
    }
}
