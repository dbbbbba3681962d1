package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.remote.RawText;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reports the differences of files: in the result of each node, and in the log once for nodes with the same difference. */
final class DiffLog {
    private final StepResult result;
    private final Log log;
    private final Map<String, String> printed = new ConcurrentHashMap<>();

    DiffLog(StepResult result, Log log) {
        this.result = result;
        this.log = log;
    }

    void print(PutFile file) {
        String diff = result.node(file.node()).file(file.path(), shown(file, file.before()), shown(file, file.after()));
        String first = printed.putIfAbsent(diff, file.node());
        if (first != null) {
            log.line("      the same difference as on " + first);
            return;
        }
        if (isProgram(file)) {
            log.line("      a program of " + file.after().lines().count() + " lines; the result has the difference");
            return;
        }
        diff.lines().forEach(line -> log.line("      " + line));
    }

    private static boolean isProgram(PutFile file) {
        return file.after() != null && file.after().startsWith("#!");
    }

    private static String shown(PutFile file, String text) {
        return text == null ? null : RawText.shown(file.mask().apply(text));
    }
}
