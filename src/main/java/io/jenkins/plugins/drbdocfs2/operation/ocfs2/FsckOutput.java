package io.jenkins.plugins.drbdocfs2.operation.ocfs2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What fsck.ocfs2(8) printed in its last run of fsck.sh.
 *
 * @param exitCode its exit code
 * @param findings each error, with its code (fsck.ocfs2.checks(8)) or none, and its text
 * @param ignored the missing indexes of directories, which are no damage: mkfs.ocfs2 itself makes a system directory without
 */
record FsckOutput(int exitCode, List<Map<String, Object>> findings, List<String> ignored) {
    private static final String NO_INDEX = "DX_TREE_MISSING";
    private static final Pattern QUESTION = Pattern.compile("\\[([A-Z0-9_]+)] (.*?)(?: <[yn]> | )[yn]?");
    private static final Pattern ERROR = Pattern.compile("(?:pass\\w*|fsck\\.ocfs2): (.+)");
    private static final Pattern END = Pattern.compile("= (\\d{1,3})");

    /** The meaning of fsck.ocfs2's exit codes below 8. */
    private static final List<String> MEANINGS =
            List.of("no errors, or none repaired", "errors repaired", "reboot needed", "errors left");

    static FsckOutput parse(String text) {
        List<Map<String, Object>> findings = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        int exitCode = -1;
        boolean ended = false;
        for (String line : text.split("\n")) {
            Matcher question = QUESTION.matcher(line);
            Matcher error = ERROR.matcher(line);
            Matcher end = END.matcher(line);
            if (ended && !line.isBlank()) { // another run: only the last one counts
                findings.clear();
                ignored.clear();
                ended = false;
            }
            if (question.matches() && question.group(1).equals(NO_INDEX)) {
                ignored.add(question.group(2));
            } else if (question.matches()) {
                findings.add(finding(question.group(1), question.group(2)));
            } else if (error.matches()) {
                findings.add(finding("", error.group(1)));
            } else if (end.matches()) {
                exitCode = Integer.parseInt(end.group(1));
                ended = true;
            }
        }
        return new FsckOutput(exitCode, findings, ignored);
    }

    private static Map<String, Object> finding(String code, String text) {
        Map<String, Object> finding = new LinkedHashMap<>();
        finding.put("code", code);
        finding.put("text", text);
        return finding;
    }

    boolean isClean() {
        return exitCode >= 0 && findings.isEmpty() && (exitCode & ~1) == 0;
    }

    String meaning() {
        return exitCode < 0
                ? "unknown"
                : exitCode >= 8 ? "not checked to the end" : MEANINGS.get(Math.min(3, exitCode));
    }
}
