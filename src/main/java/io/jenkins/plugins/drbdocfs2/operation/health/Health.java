package io.jenkins.plugins.drbdocfs2.operation.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The health of a cluster in the result of a step. */
public final class Health {
    private Health() {}

    /** The values: {@code healthy}, and {@code problems} sorted by what to do first. */
    public static Map<String, Object> report(List<Problem> problems) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("healthy", problems.isEmpty());
        report.put("problems", problems.stream().map(Problem::toMap).toList());
        return report;
    }
}
