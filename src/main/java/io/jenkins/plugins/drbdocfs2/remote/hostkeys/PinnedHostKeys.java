package io.jenkins.plugins.drbdocfs2.remote.hostkeys;

import io.jenkins.plugins.drbdocfs2.check.Check;
import java.util.List;

/** Host keys given as text, converted to known_hosts lines. */
final class PinnedHostKeys {
    private PinnedHostKeys() {}

    /** One known_hosts line per key; a key without a host is valid for all hosts. */
    static List<String> parse(String text) {
        List<String> lines = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
                .map(PinnedHostKeys::line)
                .toList();
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("No host key is given; a line is like: ssh-ed25519 AAAA...");
        }
        return lines;
    }

    private static String line(String line) {
        String[] words = line.split("[ \t]+");
        if (isKey(words, 0)) {
            return "* " + line;
        }
        if (isKey(words, 1) || isKey(words, 2) && words[0].equals("@revoked")) {
            return line;
        }
        throw new IllegalArgumentException(
                "Not a host key: " + Check.quoted(line) + "; a line is like: ssh-ed25519 AAAA...");
    }

    private static boolean isKey(String[] words, int at) {
        return at + 1 < words.length && HostKey.of(words[at], words[at + 1]).isPresent();
    }
}
