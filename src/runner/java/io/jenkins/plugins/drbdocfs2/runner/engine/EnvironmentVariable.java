package io.jenkins.plugins.drbdocfs2.runner.engine;

import groovy.lang.GroovyObjectSupport;
import hudson.EnvVars;
import java.io.IOException;

/** {@code env}: the environment variables at the current place. */
public final class EnvironmentVariable extends GroovyObjectSupport {
    private final Program program;

    EnvironmentVariable(Program program) {
        this.program = program;
    }

    /** All of them. */
    public EnvVars getEnvironment() {
        try {
            return program.current().environment();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Object getProperty(String name) {
        return name.equals("environment") ? getEnvironment() : getEnvironment().get(name);
    }

    @Override
    public void setProperty(String name, Object value) {
        program.run().setVariable(name, String.valueOf(value));
    }
}
