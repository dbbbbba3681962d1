package io.jenkins.plugins.drbdocfs2.runner.steps;

import hudson.AbortException;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.drbdocfs2.runner.build.BuildParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A declared parameter of a build. */
public abstract class BuildParameter extends AbstractDescribableImpl<BuildParameter> {
    private final String name;
    private String description;

    protected BuildParameter(String name) {
        this.name = name;
    }

    /** Its name. */
    public String getName() {
        return name;
    }

    /** Its description. */
    public String getDescription() {
        return description;
    }

    /** Sets its description. */
    @DataBoundSetter
    public void setDescription(String description) {
        this.description = description;
    }

    /** Declares it for a build. */
    public abstract void declare(BuildParameters parameters) throws AbortException;

    /** {@code string(name: 'X', defaultValue: 'x')}, {@code text(...)}. */
    public static final class Text extends BuildParameter {
        private String defaultValue;
        private boolean trim;

        @DataBoundConstructor
        public Text(String name) {
            super(name);
        }

        /** Sets the value if none is given. */
        @DataBoundSetter
        public void setDefaultValue(String defaultValue) {
            this.defaultValue = defaultValue;
        }

        /** Sets whether blanks around the value are removed. */
        @DataBoundSetter
        public void setTrim(boolean trim) {
            this.trim = trim;
        }

        @Override
        public void declare(BuildParameters parameters) {
            parameters.declareText(getName(), trim && defaultValue != null ? defaultValue.trim() : defaultValue);
        }

        /** Its descriptor. */
        @Symbol({"string", "text"})
        public static final class DescriptorImpl extends Descriptor<BuildParameter> {}
    }

    /** {@code booleanParam(name: 'X', defaultValue: true)}. */
    public static final class Bool extends BuildParameter {
        private boolean defaultValue;

        @DataBoundConstructor
        public Bool(String name) {
            super(name);
        }

        /** Sets the value if none is given. */
        @DataBoundSetter
        public void setDefaultValue(boolean defaultValue) {
            this.defaultValue = defaultValue;
        }

        @Override
        public void declare(BuildParameters parameters) {
            parameters.declareBoolean(getName(), defaultValue);
        }

        /** Its descriptor. */
        @Symbol("booleanParam")
        public static final class DescriptorImpl extends Descriptor<BuildParameter> {}
    }

    /** {@code choice(name: 'X', choices: ['a', 'b'])}. */
    public static final class Choice extends BuildParameter {
        private List<String> choices = List.of();

        @DataBoundConstructor
        public Choice(String name) {
            super(name);
        }

        /** Sets the choices: a list, or a text with one choice per line. */
        @DataBoundSetter
        public void setChoices(Object choices) {
            if (choices instanceof List<?> list) {
                List<String> texts = new ArrayList<>();
                list.forEach(choice -> texts.add(String.valueOf(choice)));
                this.choices = texts;
            } else {
                this.choices = Arrays.asList(String.valueOf(choices).split("\\R"));
            }
        }

        @Override
        public void declare(BuildParameters parameters) throws AbortException {
            parameters.declareChoice(getName(), choices);
        }

        /** Its descriptor. */
        @Symbol("choice")
        public static final class DescriptorImpl extends Descriptor<BuildParameter> {}
    }

    /** {@code password(...)}, which is refused because it would be a secret on a command line. */
    public static final class Password extends BuildParameter {
        @DataBoundConstructor
        public Password(String name) {
            super(name);
        }

        @Override
        public void declare(BuildParameters parameters) throws AbortException {
            throw new AbortException("The password parameter " + getName()
                    + " is not supported by the runner; use credentials, which it reads with --credentials.");
        }

        /** Its descriptor. */
        @Symbol("password")
        public static final class DescriptorImpl extends Descriptor<BuildParameter> {}
    }
}
