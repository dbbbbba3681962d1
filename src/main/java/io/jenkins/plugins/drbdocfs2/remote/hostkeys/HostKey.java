package io.jenkins.plugins.drbdocfs2.remote.hostkeys;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * The public key of a server.
 *
 * @param type its type, such as {@code ssh-ed25519}
 * @param base64 the key as in a known_hosts file
 */
public record HostKey(String type, String base64) implements Serializable {
    /**
     * The key of these bytes, as SSH sends them.
     *
     * @throws IllegalArgumentException if they are not a key
     */
    public static HostKey of(byte[] blob) {
        ByteBuffer buffer = ByteBuffer.wrap(blob);
        int length = buffer.remaining() < Integer.BYTES ? -1 : buffer.getInt();
        if (length < 1 || length >= buffer.remaining()) {
            throw new IllegalArgumentException("Not a public key of SSH");
        }
        String type = new String(blob, Integer.BYTES, length, StandardCharsets.US_ASCII);
        return new HostKey(type, Base64.getEncoder().encodeToString(blob));
    }

    /** The key of two words of a known_hosts line, if they are one. */
    public static Optional<HostKey> of(String type, String base64) {
        try {
            return Optional.of(of(Base64.getDecoder().decode(base64))).filter(key -> key.type.equals(type));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The fingerprint as OpenSSH prints it: {@code SHA256:} and 43 characters. */
    public String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(Base64.getDecoder().decode(base64));
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key as a line of text, without a host. */
    public String line() {
        return type + " " + base64;
    }

    /** Type and fingerprint, for messages. */
    @Override
    public String toString() {
        return type + " " + fingerprint();
    }
}
