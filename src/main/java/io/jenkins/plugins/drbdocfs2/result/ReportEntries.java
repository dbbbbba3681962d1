package io.jenkins.plugins.drbdocfs2.result;

import java.util.List;

/**
 * The steps in a {@link ReportFile} at one moment.
 *
 * @param list in the order in which they began
 * @param size the length of the file
 */
public record ReportEntries(List<ReportEntry> list, long size) {
    public ReportEntries {
        list = List.copyOf(list);
    }
}
