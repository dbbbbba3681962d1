package io.jenkins.plugins.drbdocfs2.operation.describe;

import java.util.List;

/**
 * A stage of the Jenkinsfile.
 *
 * @param title its title
 * @param remarks the remarks before its steps
 * @param steps its steps, in order
 */
record Stage(String title, List<Remark> remarks, List<DescribedStep> steps) {
    Stage {
        remarks = List.copyOf(remarks);
        steps = List.copyOf(steps);
    }

    /** Whether there is nothing to write. */
    boolean isEmpty() {
        return remarks.isEmpty() && steps.isEmpty();
    }
}
