package io.jenkins.plugins.drbdocfs2.faults;

import java.util.List;

/** A Jenkinsfile and the cluster on which it runs. */
enum Scenario {
    BUILD(Jenkinsfile.DUAL, StartingCluster.FRESH, 81),
    BUILD_AGAIN(Jenkinsfile.DUAL, StartingCluster.DUAL, 28),
    BUILD_AGAIN_BESIDE(Jenkinsfile.DUAL, StartingCluster.BOTH, 28),
    BUILD_TCLUST(Jenkinsfile.TCLUST, StartingCluster.FRESH, 64),
    BUILD_SINGLE(Jenkinsfile.SINGLE, StartingCluster.FRESH, 47),
    BUILD_SINGLE_BESIDE(Jenkinsfile.SINGLE, StartingCluster.DUAL, 43),
    BUILD_SINGLE_AGAIN(Jenkinsfile.SINGLE, StartingCluster.BOTH, 23),
    GROW(Jenkinsfile.GROW, StartingCluster.DUAL, 15),
    GROW_BESIDE(Jenkinsfile.GROW, StartingCluster.BOTH, 15),
    OPTIONS(Jenkinsfile.OPTIONS, StartingCluster.DUAL, 14),
    OPTIONS_BESIDE(Jenkinsfile.OPTIONS, StartingCluster.BOTH, 14),
    HEAL_SPLIT(Jenkinsfile.SPLIT, StartingCluster.SPLIT, 28, "VICTIM=sv2"),
    TEARDOWN(Jenkinsfile.TEARDOWN, StartingCluster.DUAL, 25),
    TEARDOWN_BESIDE(Jenkinsfile.TEARDOWN, StartingCluster.BOTH, 25),
    TEARDOWN_WITH_FILES(Jenkinsfile.TEARDOWN, StartingCluster.BOTH, 29, "REMOVE_FILES=true");

    private final Jenkinsfile jenkinsfile;
    private final StartingCluster start;
    private final int marks;
    private final List<String> parameters;

    /** @param marks the approximate number of marks in the log; see {@link LogMarkCounter} */
    Scenario(Jenkinsfile jenkinsfile, StartingCluster start, int marks, String... parameters) {
        this.jenkinsfile = jenkinsfile;
        this.start = start;
        this.marks = marks;
        this.parameters = List.of(parameters);
    }

    Jenkinsfile jenkinsfile() {
        return jenkinsfile;
    }

    StartingCluster start() {
        return start;
    }

    int marks() {
        return marks;
    }

    /** The runner's options. */
    String[] options() {
        return parameters.stream()
                .flatMap(one -> List.of("--param", one).stream())
                .toArray(String[]::new);
    }

    @Override
    public String toString() {
        return jenkinsfile + (parameters.isEmpty() ? "" : " " + String.join(" ", parameters)) + " on " + start;
    }
}
