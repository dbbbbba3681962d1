package io.jenkins.plugins.drbdocfs2.faults;

import java.util.List;

/** A Jenkinsfile and the cluster that it is run on. */
enum Scenario {
    BUILD(Jenkinsfile.DUAL, Start.FRESH, 81),
    BUILD_AGAIN(Jenkinsfile.DUAL, Start.DUAL, 28),
    BUILD_AGAIN_BESIDE(Jenkinsfile.DUAL, Start.BOTH, 28),
    BUILD_TCLUST(Jenkinsfile.TCLUST, Start.FRESH, 64),
    BUILD_SINGLE(Jenkinsfile.SINGLE, Start.FRESH, 47),
    BUILD_SINGLE_BESIDE(Jenkinsfile.SINGLE, Start.DUAL, 43),
    BUILD_SINGLE_AGAIN(Jenkinsfile.SINGLE, Start.BOTH, 23),
    GROW(Jenkinsfile.GROW, Start.DUAL, 16),
    GROW_BESIDE(Jenkinsfile.GROW, Start.BOTH, 16),
    OPTIONS(Jenkinsfile.OPTIONS, Start.DUAL, 14),
    OPTIONS_BESIDE(Jenkinsfile.OPTIONS, Start.BOTH, 14),
    HEAL_SPLIT(Jenkinsfile.SPLIT, Start.SPLIT, 28, "VICTIM=sv2"),
    TEARDOWN(Jenkinsfile.TEARDOWN, Start.DUAL, 25),
    TEARDOWN_BESIDE(Jenkinsfile.TEARDOWN, Start.BOTH, 25),
    TEARDOWN_WITH_FILES(Jenkinsfile.TEARDOWN, Start.BOTH, 29, "REMOVE_FILES=true");

    private final Jenkinsfile jenkinsfile;
    private final Start start;
    private final int marks;
    private final List<String> parameters;

    /** @param marks about how many lines of the log tell that something begins; see {@link Moment} */
    Scenario(Jenkinsfile jenkinsfile, Start start, int marks, String... parameters) {
        this.jenkinsfile = jenkinsfile;
        this.start = start;
        this.marks = marks;
        this.parameters = List.of(parameters);
    }

    Jenkinsfile jenkinsfile() {
        return jenkinsfile;
    }

    Start start() {
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
