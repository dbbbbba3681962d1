package io.jenkins.plugins.drbdocfs2.operation.guard;

import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DeviceRefusal;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The contents of devices that a step may overwrite, each in the exact words of the refusal. There is no value for
 * "anything".
 *
 * @param contents the contents
 */
public record Overwrite(List<String> contents) implements Serializable {
    /** Nothing may be overwritten. */
    public static final Overwrite NOTHING = new Overwrite(List.of());

    public Overwrite {
        contents = List.copyOf(contents);
    }

    /** Parses contents separated by line ends or commas; null, blank and "false" mean none. */
    public static Overwrite parse(String text) {
        if (text == null || text.isBlank() || text.strip().equals("false")) {
            return NOTHING;
        }
        // a label may contain a comma, so a whole line also counts
        return new Overwrite(text.lines()
                .flatMap(line -> Stream.concat(Stream.of(line), Arrays.stream(line.split(","))))
                .map(String::strip)
                .filter(content -> !content.isEmpty())
                .distinct()
                .toList());
    }

    /** The parameter that allows a content to be overwritten, as in a Jenkinsfile. */
    public static String parameter(String content) {
        return "overwrite: " + (content.contains("'") ? '"' + content + '"' : "'" + content + "'");
    }

    /** The start of a refusal for the content of a device; the content can be overwritten only if it is known. */
    public static Refusal refusal(String content, boolean readable) {
        return readable
                ? Refusal.of(DeviceRefusal.NOT_EMPTY).allowedBy(parameter(content))
                : Refusal.of(DeviceRefusal.UNREADABLE);
    }

    /** Whether this content may be overwritten. */
    public boolean allows(String content) {
        return contents.contains(content);
    }
}
