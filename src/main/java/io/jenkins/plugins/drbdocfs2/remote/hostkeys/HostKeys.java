package io.jenkins.plugins.drbdocfs2.remote.hostkeys;

import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The accepted host keys. All except {@link #none()} refuse a revoked key and a key that is not known for the host. Files
 * are read on the machine that runs SSH, for each connection; a leading {@code ~/} is the home directory of the user that
 * runs Java.
 */
public sealed interface HostKeys extends Serializable {
    /** The verdict on a key. */
    enum Verdict {
        /** The key is the host's. */
        ACCEPTED,
        /** No key is known for the host. */
        UNKNOWN,
        /** Other keys are known for the host, but not this one. */
        CHANGED,
        /** The key is marked as revoked. */
        REVOKED
    }

    /**
     * Checks the key that a server presents; may save it.
     *
     * @throws IOException if the known keys cannot be read, or the key not be saved
     */
    Verdict judge(String host, int port, HostKey shown) throws IOException;

    /**
     * The known keys of a server, so that the client can request one of them.
     *
     * @throws IOException if the known keys cannot be read
     */
    List<HostKey> known(String host, int port) throws IOException;

    /** The source of the keys, for messages. */
    String where();

    /** The remedy for messages: how to accept the key after comparing it. */
    String howToTrust(String host, int port, HostKey shown);

    /** The same if another key is known. */
    String howToReplace(String host, int port, HostKey shown);

    /** Keys in a file in OpenSSH's known_hosts format, including hashed names and patterns. */
    static HostKeys knownHostsFile(String file) {
        return new InFile(file);
    }

    /**
     * Keys that are given as text.
     *
     * @param text one key per line, {@code ssh-ed25519 AAAA...}, with or without host names in front as in a known_hosts
     *     file; a key without a host name is valid for all nodes. Empty lines and lines that start with # are ignored.
     * @throws IllegalArgumentException if a line has no key, or there is none
     */
    static HostKeys pinned(String text) {
        return new Pinned(PinnedHostKeys.parse(text));
    }

    /**
     * Accepts and saves the first key of a host, and only this key later.
     *
     * @param file the file for the keys, in known_hosts format; created with its directory, readable by its owner only
     */
    static HostKeys acceptFirst(String file) {
        return new AcceptFirst(file);
    }

    /** Accepts any key: an attacker on the network can read and change everything. */
    static HostKeys none() {
        return new None();
    }

    /** See {@link #knownHostsFile}. */
    record InFile(String file) implements HostKeys {
        @Override
        public Verdict judge(String host, int port, HostKey shown) throws IOException {
            return read(host, port).judge(shown);
        }

        @Override
        public List<HostKey> known(String host, int port) throws IOException {
            return read(host, port).keys();
        }

        KnownHosts read(String host, int port) throws IOException {
            try {
                // Not UTF-8: comments may have any encoding, and must not prevent reading the file
                return KnownHosts.of(host, port, Files.readAllLines(path(), StandardCharsets.ISO_8859_1));
            } catch (NoSuchFileException e) {
                return KnownHosts.of(host, port, List.of());
            }
        }

        Path path() {
            return file.startsWith("~/") ? Path.of(System.getProperty("user.home"), file.substring(2)) : Path.of(file);
        }

        @Override
        public String where() {
            return path() + (Files.exists(path()) ? "" : " (there is no such file)");
        }

        @Override
        public String howToTrust(String host, int port, HostKey shown) {
            return "add it: ssh-keyscan -p " + port + " " + Sh.quote(host) + " >> " + Sh.quote(path().toString());
        }

        @Override
        public String howToReplace(String host, int port, HostKey shown) {
            return howToForget(host, port) + ", and " + howToTrust(host, port, shown);
        }

        String howToForget(String host, int port) {
            return "remove the old key: "
                    + Sh.command("ssh-keygen", "-R", KnownHosts.name(host, port), "-f", path().toString());
        }
    }

    /** See {@link #pinned}. */
    record Pinned(List<String> lines) implements HostKeys {
        @Override
        public Verdict judge(String host, int port, HostKey shown) {
            return KnownHosts.of(host, port, lines).judge(shown);
        }

        @Override
        public List<HostKey> known(String host, int port) {
            return KnownHosts.of(host, port, lines).keys();
        }

        @Override
        public String where() {
            return "the keys given by hand";
        }

        @Override
        public String howToTrust(String host, int port, HostKey shown) {
            return "give this key: " + shown.line();
        }

        @Override
        public String howToReplace(String host, int port, HostKey shown) {
            return "give this key instead of the old: " + shown.line();
        }
    }

    /** See {@link #acceptFirst}. */
    record AcceptFirst(String file) implements HostKeys {
        @Override
        public Verdict judge(String host, int port, HostKey shown) throws IOException {
            // One at a time, so that the keys of two nodes that connect at once are both saved
            synchronized (AcceptFirst.class) {
                Verdict verdict = store().judge(host, port, shown);
                if (verdict == Verdict.UNKNOWN) {
                    KnownHostsFile.append(store().path(), KnownHosts.name(host, port) + " " + shown.line());
                    return Verdict.ACCEPTED;
                }
                return verdict;
            }
        }

        @Override
        public List<HostKey> known(String host, int port) throws IOException {
            return store().known(host, port);
        }

        private InFile store() {
            return new InFile(file);
        }

        @Override
        public String where() {
            return store().where() + ", where the first key of each node is remembered";
        }

        @Override
        public String howToTrust(String host, int port, HostKey shown) {
            return "connect again";
        }

        @Override
        public String howToReplace(String host, int port, HostKey shown) {
            return store().howToForget(host, port) + ", and connect again: the new key is remembered then";
        }
    }

    /** See {@link #none}. */
    record None() implements HostKeys {
        @Override
        public Verdict judge(String host, int port, HostKey shown) {
            return Verdict.ACCEPTED;
        }

        @Override
        public List<HostKey> known(String host, int port) {
            return List.of();
        }

        @Override
        public String where() {
            return "nowhere";
        }

        @Override
        public String howToTrust(String host, int port, HostKey shown) {
            return "";
        }

        @Override
        public String howToReplace(String host, int port, HostKey shown) {
            return "";
        }
    }
}
