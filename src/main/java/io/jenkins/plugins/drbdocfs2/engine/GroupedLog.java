package io.jenkins.plugins.drbdocfs2.engine;

/** The log of several nodes that work side by side: lines that belong together are not parted by another node's. */
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
