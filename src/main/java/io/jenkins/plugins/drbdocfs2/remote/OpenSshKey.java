package io.jenkins.plugins.drbdocfs2.remote;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What can be said of a private key of OpenSSH before it is opened; PROTOCOL.key of OpenSSH has its form. */
final class OpenSshKey {
    private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final String END = "-----END OPENSSH PRIVATE KEY-----";
    private static final String MAGIC = "openssh-key-v1\0";

    private OpenSshKey() {}

    /** How often its passphrase is hashed to try it; 0 where it is none, or has no passphrase. */
    static long rounds(String text) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            return 0;
        }
        ByteBuffer key = ByteBuffer.wrap(Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end)));
        try {
            key.position(MAGIC.length());
            part(key);
            String hash = StandardCharsets.US_ASCII.decode(part(key)).toString();
            ByteBuffer options = part(key);
            if (!hash.equals("bcrypt")) {
                return 0;
            }
            part(options);
            return Integer.toUnsignedLong(options.getInt());
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            // Whoever reads it tells that it is not whole
            return 0;
        }
    }

    private static ByteBuffer part(ByteBuffer from) {
        int length = from.getInt();
        ByteBuffer part = from.slice().limit(length);
        from.position(from.position() + length);
        return part;
    }
}
