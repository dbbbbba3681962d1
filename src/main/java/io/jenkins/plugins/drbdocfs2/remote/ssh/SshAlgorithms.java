package io.jenkins.plugins.drbdocfs2.remote.ssh;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.Session;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKey;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The algorithms that the client offers: none with SHA-1, MD5, DSA, CBC or less than 2048 bits, and only those built into
 * Java, so that a connection need not test them.
 */
final class SshAlgorithms {
    private static final String KEX = "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,"
            + "ecdh-sha2-nistp384,ecdh-sha2-nistp521,diffie-hellman-group-exchange-sha256,"
            + "diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,diffie-hellman-group14-sha256";
    private static final List<String> SIGNATURES = List.of(
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "rsa-sha2-512",
            "rsa-sha2-256");
    private static final String CIPHERS =
            "aes128-gcm@openssh.com,aes256-gcm@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr";
    private static final String MACS =
            "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512";
    private static final Map<String, String> NAMES = Map.of(
            "kex", "key exchange",
            "server_host_key", "host key signature",
            "cipher.c2s", "cipher",
            "cipher.s2c", "cipher",
            "mac.c2s", "message authentication",
            "mac.s2c", "message authentication");

    private static final Map<String, String> KEYWORDS = Map.of(
            "kex", " (KexAlgorithms)",
            "server_host_key", " (HostKeyAlgorithms)",
            "cipher.c2s", " (Ciphers)",
            "cipher.s2c", " (Ciphers)",
            "mac.c2s", " (MACs)",
            "mac.s2c", " (MACs)");
    /** Algorithms with SHA-1, MD5, DSA, CBC, RC4, DES or too short a key; RFC 9142, 8758, 8332. */
    private static final Pattern WEAK =
            Pattern.compile("sha1|md5|ssh-rsa|dss|cbc|arcfour|3des|des-|group1-|umac-64|ripemd"
                    + "|-96|^none$|rsa1024|secp160|sect163|nistk163|nistp192");

    private SshAlgorithms() {}

    /** Offers the algorithms, host keys of the known types first. */
    static void offer(Session session, List<HostKey> known) {
        session.setConfig("kex", KEX);
        session.setConfig("server_host_key", String.join(",", hostKeyAlgorithms(known)));
        session.setConfig("prefer_known_host_key_types", "no");
        session.setConfig("cipher.c2s", CIPHERS);
        session.setConfig("cipher.s2c", CIPHERS);
        session.setConfig("mac.c2s", MACS);
        session.setConfig("mac.s2c", MACS);
        session.setConfig("PubkeyAcceptedAlgorithms", String.join(",", SIGNATURES));
        session.setConfig("CheckKexes", "");
        session.setConfig("CheckCiphers", "");
        session.setConfig("CheckMacs", "");
        session.setConfig("CheckSignatures", "");
    }

    /** Limits a server with several keys to the known one, because another one would look changed. */
    private static List<String> hostKeyAlgorithms(List<HostKey> known) {
        Stream<String> first = SIGNATURES.stream().filter(algorithm -> isOfOne(known, algorithm));
        Stream<String> then = SIGNATURES.stream().filter(algorithm -> !isOfOne(known, algorithm));
        return Stream.concat(first, then).toList();
    }

    private static boolean isOfOne(List<HostKey> keys, String algorithm) {
        String type = algorithm.startsWith("rsa-") ? "ssh-rsa" : algorithm;
        return keys.stream().anyMatch(key -> key.type().equals(type));
    }

    /** The message for a server without a common algorithm: whether its algorithms are weak or unknown. */
    static String noneInCommon(JSchAlgoNegoFailException failure) {
        String kind = failure.getAlgorithmName();
        List<String> offered = algorithms(failure.getServerProposal());
        List<String> unknown =
                offered.stream().filter(name -> !WEAK.matcher(name).find()).toList();
        return "its SSH server and this client have no " + NAMES.getOrDefault(kind, kind)
                + " algorithm in common: it offers " + (offered.isEmpty() ? "none" : String.join(",", offered))
                + "; accepted here: " + String.join(",", algorithms(failure.getJSchProposal())) + ". "
                + verdict(offered, unknown) + ". Allow one of those accepted here in the node's sshd_config"
                + KEYWORDS.getOrDefault(kind, "") + (unknown.isEmpty() ? ", or update its SSH server" : "");
    }

    private static String verdict(List<String> offered, List<String> unknown) {
        if (offered.isEmpty()) {
            return "The server's configuration leaves it without any";
        }
        if (unknown.isEmpty()) {
            return "What the server offers is weak and refused";
        }
        String names = String.join(", ", unknown);
        return "This client does not know " + names
                + (unknown.size() < offered.size() ? ", and refuses the others as weak" : "");
    }

    /** Without the words that are not algorithms, RFC 8308, 2.1. */
    private static List<String> algorithms(String proposal) {
        return proposal == null
                ? List.of()
                : Stream.of(proposal.split(","))
                        .filter(name -> !name.isBlank() && !name.matches("(ext-info|kex-strict)-.*"))
                        .toList();
    }
}
