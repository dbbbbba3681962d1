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
 * Which host keys are accepted. A key that was revoked, or is not among those known for the host, is refused by all but
 * {@link #none()}. Files are read where the SSH connection is made, when it is made; a leading {@code ~/} there is the
 * home directory of the user that Java runs as.
 */
public sealed interface HostKeys extends Serializable {
    /** What is known. */
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
     * Judges the key that a server showed; may remember it.
     *
     * @throws IOException if what is known cannot be read, or the key not be remembered
     */
    Verdict judge(String host, int port, HostKey shown) throws IOException;

    /**
     * The keys known for a server, so that it can be asked for one of those.
     *
     * @throws IOException if what is known cannot be read
     */
    List<HostKey> known(String host, int port) throws IOException;

    /** Where is looked, for messages. */
    String where();

    /** What to do, for messages, so that the key is accepted from then on; it has been compared before. */
    String howToTrust(String host, int port, HostKey shown);

    /** Likewise where another key is known. */
    String howToReplace(String host, int port, HostKey shown);

    /** Keys in a file in the form of OpenSSH's known_hosts, hashed names and patterns included. */
    static HostKeys knownHostsFile(String file) {
        return new InFile(file);
    }

    /**
     * Keys that are given as text.
     *
     * @param text a key a line, {@code ssh-ed25519 AAAA...}, with or without host names before it as in a known_hosts
     *     file; without, it may be any node's. Empty lines and those with # at the start do not count.
     * @throws IllegalArgumentException if a line has no key, or there is none
     */
    static HostKeys pinned(String text) {
        return new Pinned(PinnedHostKeys.parse(text));
    }

    /**
     * Accepts and remembers the first key of a host, and only that one from then on.
     *
     * @param file where it is remembered, in the form of known_hosts; made with its directory, readable by its owner
     *     alone
     */
    static HostKeys acceptFirst(String file) {
        return new AcceptFirst(file);
    }

    /** Accepts any key: whoever stands in between reads and changes everything. */
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
                // Not UTF-8: comments may be in any encoding, and must not keep the file from being read
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
            // One at a time, so that of two nodes that are met at once both are remembered
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
