package io.jenkins.plugins.drbdocfs2.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.facts.StepPosition;
import java.util.Arrays;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graph.StepNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.Test;

class FlowPositionTest {
    private final FlowNode start = node("1", "withClusterNodes");
    private final FlowNode status = node("2", "drbdStatus", start);

    private static FlowNode node(String id, String function, FlowNode... parents) {
        return new CallOfStep(id, function, parents);
    }

    private static final class CallOfStep extends FlowNode implements StepNode {
        private final String function;

        CallOfStep(String id, String function, FlowNode... parents) {
            super(id, Arrays.asList(parents));
            this.function = function;
        }

        @Override
        public StepDescriptor getDescriptor() {
            return function == null ? null : new AnyStep.Named(function);
        }

        @Override
        protected String getTypeDisplayName() {
            return "step";
        }

        @Override
        public void save() {}
    }

    private static final class AnyStep extends Step {
        @Override
        public StepExecution start(StepContext context) {
            throw new UnsupportedOperationException();
        }

        private static final class Named extends StepDescriptor {
            private final String function;

            Named(String function) {
                this.function = function;
            }

            @Override
            public String getFunctionName() {
                return function;
            }

            @Override
            public Set<? extends Class<?>> getRequiredContext() {
                return Set.of();
            }
        }
    }

    @Test
    void namesTheStepBefore() {
        assertThat(FlowPosition.of(node("3", "drbdPromote", status))).isEqualTo(new StepPosition("3", "2"));
    }

    @Test
    void looksThroughStagesAndEcho() {
        FlowNode end = node("5", "stage", node("4", "echo", status));
        FlowNode begin = node("7", "stage", node("6", "stage", end));
        assertThat(FlowPosition.of(node("8", "drbdPromote", begin))).isEqualTo(new StepPosition("8", "2"));
    }

    @Test
    void stopsAtAnyOtherStep() {
        for (String other : new String[] {"sh", "sleep", "lock", "input", "retry", null}) {
            assertThat(FlowPosition.of(node("4", "drbdPromote", node("3", other, status))))
                    .isEqualTo(new StepPosition("4", "3"));
        }
    }

    @Test
    void knowsNoStepBeforeTheFirstAndAfterParallelBranches() {
        FlowNode other = node("3", "drbdStatus", start);
        assertThat(FlowPosition.of(node("4", "drbdPromote", status, other))).isEqualTo(new StepPosition("4", null));
        assertThat(FlowPosition.of(node("4", "drbdPromote"))).isEqualTo(new StepPosition("4", null));
        FlowNode end = node("5", "stage", node("4", "stage", status, other));
        assertThat(FlowPosition.of(node("6", "drbdPromote", end))).isEqualTo(new StepPosition("6", null));
    }

    @Test
    void knowsNothingOfAnUnknownStepAndOfOneAfterManyLines() {
        assertThat(FlowPosition.of(null)).isEqualTo(StepPosition.UNKNOWN);
        FlowNode last = status;
        for (int i = 0; i < 100; i++) {
            last = node("e" + i, "echo", last);
        }
        assertThat(FlowPosition.of(node("3", "drbdPromote", last))).isEqualTo(new StepPosition("3", null));
    }
}
