package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.check.SharedSecretMask;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Errors that drbdadm(8) reports in a node's files, prepared for a message: on one line, without any part of a secret. */
public final class DrbdadmComplaint {
    private static final int MAX_LENGTH = 1000;
    private static final Pattern VALUE = Pattern.compile("\\('[^\\n]*'\\)(\\s+for shared-secret)");
    private static final Pattern UNTERMINATED = Pattern.compile(">>>.*?<<<", Pattern.DOTALL);
    private static final Pattern OF_A_TEST =
            Pattern.compile("found __DRBD_NODE__.*|PRETENDING that.*|.*modinfo: not found");

    private DrbdadmComplaint() {}

    /** The message of a failed command with its exit code. */
    static String failure(String exitCode, String words) {
        String line = line(words);
        return (line.isEmpty() ? "it printed nothing" : line) + " (exit code " + exitCode.strip() + ")";
    }

    /** The message on one line. */
    static String line(String words) {
        String hidden = VALUE.matcher(words).replaceAll("(" + SharedSecretMask.MASK + ")$1");
        hidden = SharedSecretMask.apply(UNTERMINATED.matcher(hidden).replaceAll(SharedSecretMask.MASK));
        String line = hidden.lines()
                .map(String::strip)
                .filter(text -> !text.isEmpty() && !OF_A_TEST.matcher(text).matches())
                .collect(Collectors.joining(" "));
        String end = line.endsWith(".") && !line.endsWith("..") ? line.substring(0, line.length() - 1) : line;
        return end.length() > MAX_LENGTH ? end.substring(0, MAX_LENGTH) + "…" : end;
    }
}
