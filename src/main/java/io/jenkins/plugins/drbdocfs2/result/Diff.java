package io.jenkins.plugins.drbdocfs2.result;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/** The difference between two texts, in unified form. */
public final class Diff {
    private static final int CONTEXT_LINES = 3;

    private Diff() {}

    /**
     * @param path the file that the texts are of
     * @param before its text, or null where there was none
     * @param after its text from now on, or null where there is none
     */
    public static String unified(String path, String before, String after) {
        List<String> old = lines(before);
        List<String> now = lines(after);
        return String.join(
                "\n",
                UnifiedDiffUtils.generateUnifiedDiff(
                        before == null ? "/dev/null" : path,
                        after == null ? "/dev/null" : path,
                        old,
                        DiffUtils.diff(old, now),
                        CONTEXT_LINES));
    }

    private static List<String> lines(String text) {
        return text == null || text.isEmpty() ? List.of() : text.lines().toList();
    }
}
