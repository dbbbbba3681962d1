package io.jenkins.plugins.drbdocfs2.remote.hostkeys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of one host in lines of known_hosts format, see sshd(8). Lines of certificate authorities and unreadable lines
 * are ignored.
 *
 * @param keys its keys
 * @param revoked keys that must not be accepted from it
 */
record KnownHosts(List<HostKey> keys, List<HostKey> revoked) {
    private static final int SSH_PORT = 22;
    private static final String REVOKED = "@revoked";
    private static final Pattern BLANK = Pattern.compile("[ \t]+");

    /** The keys of the server at a host and port. */
    static KnownHosts of(String host, int port, Iterable<String> lines) {
        String name = name(host, port);
        List<HostKey> keys = new ArrayList<>();
        List<HostKey> revoked = new ArrayList<>();
        for (String line : lines) {
            List<String> words = List.of(BLANK.split(line.strip()));
            boolean revokes = words.get(0).equals(REVOKED);
            List<String> entry = revokes ? words.subList(1, words.size()) : words;
            if (entry.size() >= 3 && entry.get(0).charAt(0) != '@' && matches(entry.get(0), name)) {
                HostKey.of(entry.get(1), entry.get(2)).ifPresent((revokes ? revoked : keys)::add);
            }
        }
        return new KnownHosts(keys, revoked);
    }

    /** Checks the key that the host presents. */
    HostKeys.Verdict judge(HostKey shown) {
        if (revoked.contains(shown)) {
            return HostKeys.Verdict.REVOKED;
        }
        if (keys.contains(shown)) {
            return HostKeys.Verdict.ACCEPTED;
        }
        return keys.isEmpty() ? HostKeys.Verdict.UNKNOWN : HostKeys.Verdict.CHANGED;
    }

    /** The name of the server at a host and port in a known_hosts file. */
    static String name(String host, int port) {
        String lower = host.toLowerCase(Locale.ROOT);
        return port == SSH_PORT ? lower : "[" + lower + "]:" + port;
    }

    private static boolean matches(String patterns, String name) {
        if (patterns.startsWith("|")) {
            return matchesHash(patterns, name);
        }
        boolean matches = false;
        for (String pattern : patterns.toLowerCase(Locale.ROOT).split(",")) {
            boolean negated = pattern.startsWith("!");
            if (wildcard(negated ? pattern.substring(1) : pattern, name)) {
                if (negated) {
                    return false;
                }
                matches = true;
            }
        }
        return matches;
    }

    private static boolean matchesHash(String hashed, String name) {
        String[] parts = hashed.split("\\|");
        if (parts.length != 4 || !parts[1].equals("1")) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), mac.getAlgorithm()));
            byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
            return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[3]));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a pattern with * and ? matches the whole name; in time proportional to the product of their lengths. */
    private static boolean wildcard(String pattern, String name) {
        int p = 0;
        int star = -1;
        int resume = 0;
        for (int n = 0; n < name.length(); ) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = n;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++resume;
            } else {
                return false;
            }
        }
        return pattern.substring(p).chars().allMatch(c -> c == '*');
    }
}
