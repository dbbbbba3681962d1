package io.jenkins.plugins.drbdocfs2.engine;

/** The log of several nodes in parallel: keeps the lines of one node together. */
final class GroupedLog implements Log {
    private final Log log;

    GroupedLog(Log log) {
        this.log = log;
    }

    @Override
    public synchronized void line(String line) {
        log.line(line);
    }

    /** @param lines writes lines to this log */
    synchronized void together(Runnable lines) {
        lines.run();
    }
}
