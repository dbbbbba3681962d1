package org.jenkinsci.plugins.workflow.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/** Changes the environment variables of a block. */
public abstract class EnvironmentExpander implements Serializable {
    private static final long serialVersionUID = 1L;

    public abstract void expand(@NonNull EnvVars env) throws IOException, InterruptedException;

    public static EnvironmentExpander constant(@NonNull Map<String, String> env) {
        return new Constant(new TreeMap<>(env));
    }

    public static EnvironmentExpander merge(
            @CheckForNull EnvironmentExpander original, @NonNull EnvironmentExpander subsequent) {
        return original == null ? subsequent : new Merged(original, subsequent);
    }

    private static final class Constant extends EnvironmentExpander {
        private static final long serialVersionUID = 1L;
        private final TreeMap<String, String> variables;

        Constant(TreeMap<String, String> variables) {
            this.variables = variables;
        }

        @Override
        public void expand(@NonNull EnvVars env) {
            env.overrideAll(variables);
        }
    }

    private static final class Merged extends EnvironmentExpander {
        private static final long serialVersionUID = 1L;
        private final EnvironmentExpander original;
        private final EnvironmentExpander subsequent;

        Merged(EnvironmentExpander original, EnvironmentExpander subsequent) {
            this.original = original;
            this.subsequent = subsequent;
        }

        @Override
        public void expand(@NonNull EnvVars env) throws IOException, InterruptedException {
            original.expand(env);
            subsequent.expand(env);
        }
    }
}
