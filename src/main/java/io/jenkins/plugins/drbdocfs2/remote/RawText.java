package io.jenkins.plugins.drbdocfs2.remote;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Converts bytes that may not be valid UTF-8, such as a configuration file with a comment in Latin-1, to text and back
 * without loss. An invalid byte becomes the lone surrogate U+DC00 plus its value, which valid UTF-8 never produces.
 */
public final class RawText {
    private static final int ESCAPE = 0xDC00;
    private static final int FIRST = ESCAPE + 0x80;
    private static final int LAST = ESCAPE + 0xFF;

    private RawText() {}

    /** The text of these bytes. */
    public static String decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isError()) {
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (ESCAPE + (in.get() & 0xFF)));
            }
            result = decoder.decode(in, out, true);
        }
        return out.flip().toString();
    }

    /** The bytes of a text; those of a decoded text are the original ones. */
    public static byte[] encode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        text.codePoints().forEach(c -> {
            if (isRaw(c)) {
                bytes.write(c - ESCAPE);
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }

    /** Whether some of its bytes are not valid UTF-8. */
    public static boolean isRaw(String text) {
        return text.codePoints().anyMatch(RawText::isRaw);
    }

    /** The text for display, with U+FFFD for invalid bytes. */
    public static String shown(String text) {
        return isRaw(text)
                ? text.codePoints()
                        .map(c -> isRaw(c) ? '\uFFFD' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                : text;
    }

    private static boolean isRaw(int c) {
        return c >= FIRST && c <= LAST;
    }
}
