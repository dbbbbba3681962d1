package io.jenkins.plugins.drbdocfs2;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Real output of real tools, in {@code src/test/resources/recorded}. */
public final class Recorded {
    private Recorded() {}

    /** A recorded text, such as {@code "lvm/vgs.txt"}. */
    public static String text(String name) {
        return resource("/recorded/" + name);
    }

    /** A text recorded on nodes with DRBD 9, such as {@code "syncing-midway/sv1/lsblk.txt"}. */
    public static String drbd9(String name) {
        return resource("/drbd9/" + name);
    }

    /** A text written after the documentation of a tool, such as {@code "drbd8/proc-8.3.txt"}. */
    public static String documented(String name) {
        return resource("/documented/" + name);
    }

    private static String resource(String path) {
        try (InputStream in = Recorded.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All truncations of a text, without the whole text. */
    public static Stream<String> cuts(String text) {
        return IntStream.range(0, text.length()).mapToObj(end -> text.substring(0, end));
    }

    /** Runs a reader on each truncation of a text; it may throw only one kind of exception. */
    public static void onEachCut(String text, Class<? extends RuntimeException> allowed, Consumer<String> reader) {
        cuts(text).forEach(cut -> {
            try {
                reader.accept(cut);
            } catch (RuntimeException e) {
                if (!allowed.isInstance(e)) {
                    throw new AssertionError("at " + cut.length() + ": " + e, e);
                }
            }
        });
    }
}
