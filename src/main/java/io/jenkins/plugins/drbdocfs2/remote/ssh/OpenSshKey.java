package io.jenkins.plugins.drbdocfs2.remote.ssh;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Checks of a private key of OpenSSH before it is opened; PROTOCOL.key of OpenSSH describes the format. JSch would allocate
 * whatever lengths a damaged key contains.
 */
final class OpenSshKey {
    private static final String NAME = "OPENSSH PRIVATE KEY";
    private static final String BEGIN = "-----BEGIN " + NAME + "-----";
    private static final String END = "-----END " + NAME + "-----";
    private static final int MAGIC_BYTES = "openssh-key-v1\0".length();

    private OpenSshKey() {}

    /**
     * The number of hash rounds for its passphrase; 0 if it has none, or has another format.
     *
     * @throws IllegalArgumentException if it is truncated
     */
    static long rounds(String text) {
        if (!text.contains("OPENSSH")) {
            return 0;
        }
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("its first or last line is damaged");
        }
        String base64 = text.substring(begin + BEGIN.length(), end).replaceAll("\\s", "");
        ByteBuffer key = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
        try {
            key.position(MAGIC_BYTES);
            part(key);
            String hash = StandardCharsets.US_ASCII.decode(part(key)).toString();
            ByteBuffer options = part(key);
            key.getInt();
            ByteBuffer publicKey = part(key);
            while (publicKey.hasRemaining()) {
                part(publicKey);
            }
            part(key);
            if (!hash.equals("bcrypt")) {
                return 0;
            }
            part(options);
            return Integer.toUnsignedLong(options.getInt());
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IllegalArgumentException("it is damaged or was cut", e);
        }
    }

    private static ByteBuffer part(ByteBuffer from) {
        int length = from.getInt();
        if (length < 0 || length > from.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer part = from.slice().limit(length);
        from.position(from.position() + length);
        return part;
    }
}
