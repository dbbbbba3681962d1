package io.jenkins.plugins.drbdocfs2.runner;

import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.TaskListener;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A step with parameters of all kinds, which prints its arguments. */
public final class BindStep extends Step {
    private final TreeMap<String, Object> got = new TreeMap<>();

    /** A public field, as in some steps of Jenkins. */
    @DataBoundSetter
    public String field;

    /** Takes the mandatory parameter. */
    @DataBoundConstructor
    public BindStep(String name) {
        got.put("name", name);
    }

    /** Optional. */
    @DataBoundSetter
    public void setCount(int count) {
        got.put("count", count);
    }

    /** Optional. */
    @DataBoundSetter
    public void setSize(long size) {
        got.put("size", size);
    }

    /** Optional. */
    @DataBoundSetter
    public void setFlag(boolean flag) {
        got.put("flag", flag);
    }

    /** Optional. */
    @DataBoundSetter
    public void setMaybe(Integer maybe) {
        got.put("maybe", maybe);
    }

    /** Optional. */
    @DataBoundSetter
    public void setUnit(TimeUnit unit) {
        got.put("unit", unit);
    }

    /** Optional. */
    @DataBoundSetter
    public void setWords(List<String> words) {
        got.put("words", words);
    }

    /** Optional. */
    @DataBoundSetter
    public void setThings(List<Thing> things) {
        got.put("things", things);
    }

    /** Optional. */
    @DataBoundSetter
    public void setWay(Way way) {
        got.put("way", way);
    }

    /** Refuses every value. */
    @DataBoundSetter
    public void setRefused(String refused) {
        throw new IllegalArgumentException("not " + refused);
    }

    @Override
    public StepExecution start(StepContext context) {
        if (field != null) {
            got.put("field", field);
        }
        return StepExecutions.synchronousVoid(
                context, c -> c.get(TaskListener.class).getLogger().println("got " + got));
    }

    /** A describable of a concrete class. */
    public static final class Thing extends AbstractDescribableImpl<Thing> {
        private final String id;
        private int weight = 1;

        /** Takes the mandatory parameter. */
        @DataBoundConstructor
        public Thing(String id) {
            this.id = id;
        }

        /** Optional. */
        @DataBoundSetter
        public void setWeight(int weight) {
            this.weight = weight;
        }

        @Override
        public String toString() {
            return id + "*" + weight;
        }

        /** The descriptor. */
        @Symbol("testThing")
        public static final class DescriptorImpl extends Descriptor<Thing> {}
    }

    /** A describable with several kinds. */
    public abstract static class Way extends AbstractDescribableImpl<Way> {}

    /** One kind. */
    public static final class ShortWay extends Way {
        /** Without parameters. */
        @DataBoundConstructor
        public ShortWay() {}

        @Override
        public String toString() {
            return "short";
        }

        /** The descriptor. */
        @Symbol("shortWay")
        public static final class DescriptorImpl extends Descriptor<Way> {}
    }

    /** Another kind, which contains a describable. */
    public static final class LongWay extends Way {
        private final Thing thing;

        /** Takes the mandatory parameter. */
        @DataBoundConstructor
        public LongWay(Thing thing) {
            this.thing = thing;
        }

        @Override
        public String toString() {
            return "long " + thing;
        }

        /** The descriptor. */
        @Symbol("longWay")
        public static final class DescriptorImpl extends Descriptor<Way> {}
    }

    /** The descriptor. */
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "bind";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(TaskListener.class);
        }
    }
}
