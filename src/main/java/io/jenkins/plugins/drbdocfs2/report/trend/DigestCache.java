package io.jenkins.plugins.drbdocfs2.report.trend;

import io.jenkins.plugins.drbdocfs2.result.ReportFile;
import java.io.IOException;
import java.util.function.Predicate;

/** The digest of the report of one build; it reads a report again only if it has grown or a step was running. */
public final class DigestCache {
    private BuildDigest known;
    private long knownMost;

    /**
     * The digest.
     *
     * @param file the report
     * @param most the number of bytes to read
     * @param running whether a step without an end is still running, by its ID
     * @throws IOException if the report cannot be read
     */
    public synchronized BuildDigest of(ReportFile file, long most, Predicate<String> running) throws IOException {
        if (known == null || !known.complete() || most != knownMost || known.size() != file.size()) {
            known = BuildDigest.read(file, most, running);
            knownMost = most;
        }
        return known;
    }
}
