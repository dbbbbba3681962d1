package io.jenkins.plugins.drbdocfs2.faults;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Counts the marks in a build's log: the lines that report the start of a step or of a change on a node. */
final class LogMarkCounter implements Predicate<String> {
    private static final Pattern MARK = Pattern.compile("\\[Pipeline\\] [a-z]\\w+| {4}[\\w-]+: \\S.*");

    private final int wanted;
    private int seen;
    private String last = "the start";

    /** @param wanted the number of the mark to wait for, from 1 */
    LogMarkCounter(int wanted) {
        this.wanted = wanted;
    }

    @Override
    public boolean test(String line) {
        if (MARK.matcher(line).matches()) {
            seen++;
            last = line.strip();
        }
        return seen == wanted;
    }

    /** The number of marks so far. */
    int seen() {
        return seen;
    }

    /** The last mark. */
    String last() {
        return last;
    }
}
