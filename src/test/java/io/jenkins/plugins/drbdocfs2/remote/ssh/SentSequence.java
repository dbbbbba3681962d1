package io.jenkins.plugins.drbdocfs2.remote.ssh;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes apart what is sent for several scripts that run in order: the counterpart of {@link ScriptSequence}. */
public final class SentSequence {
    private static final Pattern HEAD = Pattern.compile("\\A\\s*mark=(\\S+); in_order\\(\\)");
    private static final Pattern CALL = Pattern.compile("(?m)^in_order ((?:'[^']*+'|\\\\'|[^'\\s])++)$");

    private SentSequence() {}

    /** The scripts in it; itself if it is a single script. */
    public static List<String> scripts(String sent) {
        return isOne(sent)
                ? CALL.matcher(sent)
                        .results()
                        .map(call -> unquoted(call.group(1)))
                        .toList()
                : List.of(sent);
    }

    static boolean isOne(String sent) {
        return HEAD.matcher(sent).find();
    }

    /** The mark at the end of each. */
    static String mark(String sent) {
        Matcher head = HEAD.matcher(sent);
        if (!head.find()) {
            throw new IllegalArgumentException("not a sequence: " + sent);
        }
        return head.group(1);
    }

    private static String unquoted(String word) {
        return word.startsWith("'") ? word.substring(1, word.length() - 1).replace("'\\''", "'") : word;
    }
}
