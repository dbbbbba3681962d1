package io.jenkins.plugins.drbdocfs2.runner.engine;

import io.jenkins.plugins.drbdocfs2.runner.build.BuildParameters;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;

/** {@code params}: the parameters declared so far, and the given ones. */
public final class ParametersVariable extends AbstractMap<String, Object> {
    private final BuildParameters parameters;

    ParametersVariable(BuildParameters parameters) {
        this.parameters = parameters;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return parameters.values().entrySet();
    }
}
