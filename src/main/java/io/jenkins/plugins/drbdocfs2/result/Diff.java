package io.jenkins.plugins.drbdocfs2.result;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/** The difference between two texts, in unified form. */
public final class Diff {
    private static final int CONTEXT_LINES = 3;

    /** Comparing texts needs quadratic time and memory in the number of differing lines. */
    private static final int MAX_LINES = 1000;

    private static final int MAX_CHARACTERS = 256 * 1024;

    private Diff() {}

    /**
     * The difference; only its size if more than 1000 lines or 256 Ki characters are between the first and the last
     * difference.
     *
     * @param path the path of the file
     * @param before the old text, or null if there was none
     * @param after the new text, or null if there is none
     */
    public static String unified(String path, String before, String after) {
        List<String> old = lines(before);
        List<String> now = lines(after);
        int same = commonStart(old, now);
        int sameEnd = commonEnd(old.subList(same, old.size()), now.subList(same, now.size()));
        List<String> removed = old.subList(same, old.size() - sameEnd);
        List<String> added = now.subList(same, now.size() - sameEnd);
        String from = before == null ? "/dev/null" : path;
        String to = after == null ? "/dev/null" : path;
        if (removed.size() + added.size() > MAX_LINES || length(removed) + length(added) > MAX_CHARACTERS) {
            return "--- " + from + "\n+++ " + to + "\n" + Amounts.count(removed.size(), "line") + " from line "
                    + (same + 1) + " on replaced by " + Amounts.count(added.size(), "line") + "; too much to show";
        }
        String diff = String.join(
                "\n", UnifiedDiffUtils.generateUnifiedDiff(from, to, old, DiffUtils.diff(old, now), CONTEXT_LINES));
        // the library counts from line 1 where there is none; diff(1) and patch(1) from 0
        return diff.replaceFirst("(?m)^@@ -1,0 ", "@@ -0,0 ").replaceFirst("(?m)^(@@ -\\S+) \\+1,0 @@", "$1 +0,0 @@");
    }

    private static int commonStart(List<String> one, List<String> other) {
        int least = Math.min(one.size(), other.size());
        int count = 0;
        while (count < least && one.get(count).equals(other.get(count))) {
            count++;
        }
        return count;
    }

    private static int commonEnd(List<String> one, List<String> other) {
        int least = Math.min(one.size(), other.size());
        int count = 0;
        while (count < least && one.get(one.size() - 1 - count).equals(other.get(other.size() - 1 - count))) {
            count++;
        }
        return count;
    }

    private static long length(List<String> lines) {
        return lines.stream().mapToLong(String::length).sum();
    }

    private static List<String> lines(String text) {
        return text == null || text.isEmpty() ? List.of() : text.lines().toList();
    }
}
