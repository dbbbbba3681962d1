package io.jenkins.plugins.drbdocfs2.faults;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Counts the marks in a build's log, which are the lines that tell that a step, or a change on a node, begins. */
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

    /** How many there were. */
    int seen() {
        return seen;
    }

    /** The latest one. */
    String last() {
        return last;
    }
}
