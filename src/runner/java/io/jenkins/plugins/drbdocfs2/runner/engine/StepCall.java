package io.jenkins.plugins.drbdocfs2.runner.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import groovy.lang.Closure;
import io.jenkins.plugins.drbdocfs2.runner.build.BuildLog;

/** The log of a call of a step. */
final class StepCall {
    private final BuildLog log;
    private final String branch;
    private final String name;
    private final Closure<?> body;
    private final boolean block;

    /**
     * @param branch the prefix of the lines of the branch, or empty
     * @param name the step's name
     * @param body its block, or null
     * @param block whether it runs blocks
     */
    StepCall(BuildLog log, String branch, String name, @CheckForNull Closure<?> body, boolean block) {
        this.log = log;
        this.branch = branch;
        this.name = name;
        this.body = body;
        this.block = block;
    }

    String name() {
        return name;
    }

    @CheckForNull
    Closure<?> body() {
        return body;
    }

    void begin() {
        line(name);
    }

    void end() {
        if (block) {
            line("// " + name);
        }
    }

    void beginBody(@CheckForNull String label) {
        line(label == null ? "{" : "{ (" + label + ")");
    }

    void endBody() {
        line("}");
    }

    private void line(String text) {
        log.line("[Pipeline] " + branch + text);
    }
}
