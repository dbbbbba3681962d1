package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The TCP ports with listeners: {@code /proc/net/tcp} followed by {@code /proc/net/tcp6}. proc(5).
 *
 * @param listeners in the order of the files
 */
public record ListeningPorts(List<Listener> listeners) implements Serializable {
    private static final Pattern LINE = Pattern.compile(
            "\\s*\\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} ([0-9A-F]{2}) .*");
    private static final String LISTEN = "0A";

    public ListeningPorts {
        listeners = List.copyOf(listeners);
    }

    /**
     * A listener.
     *
     * @param address as in {@link InetAddress#getHostAddress}; "0.0.0.0" and "0:0:0:0:0:0:0:0" are all addresses
     * @param port the port
     */
    public record Listener(String address, int port) implements Serializable {
        private static final List<String> ANY = List.of("0.0.0.0", "0:0:0:0:0:0:0:0");

        /** Whether listening at another address with the same port conflicts with it. */
        boolean clashesWith(String other) {
            return ANY.contains(address) || address.equals(other);
        }
    }

    /**
     * Parses the files of a node with a little-endian processor: all platforms with DRBD packages except s390x.
     *
     * @throws TextFormatException if a line has another form
     */
    public static ListeningPorts parse(String text) {
        List<Listener> found = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            Matcher line = LINE.matcher(lines[i]);
            if (line.matches()) {
                if (line.group(3).equals(LISTEN)) {
                    found.add(new Listener(address(line.group(1)), Integer.parseInt(line.group(2), 16)));
                }
            } else if (!lines[i].isBlank() && !lines[i].strip().startsWith("sl ")) {
                throw new TextFormatException(i + 1, 0, "not a whole line of /proc/net/tcp");
            }
        }
        return new ListeningPorts(found);
    }

    /** Whether something listens on a port, at any address. */
    public boolean has(int port) {
        return listeners.stream().anyMatch(listener -> listener.port == port);
    }

    /** Whether something listens on a port at an address or at all addresses. */
    public boolean has(String address, int port) {
        return listeners.stream().anyMatch(listener -> listener.port == port && listener.clashesWith(address));
    }

    /** Converts words of four bytes, the low byte first. */
    private static String address(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        byte[] ordered = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            ordered[i] = bytes[i / 4 * 4 + 3 - i % 4];
        }
        try {
            return InetAddress.getByAddress(ordered).getHostAddress();
        } catch (UnknownHostException e) {
            throw new TextFormatException("not an address: " + hex);
        }
    }
}
