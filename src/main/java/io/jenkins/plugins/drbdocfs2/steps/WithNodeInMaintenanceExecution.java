package io.jenkins.plugins.drbdocfs2.steps;

import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.StepRefusedException;
import io.jenkins.plugins.drbdocfs2.operation.maintenance.MovedService;
import io.jenkins.plugins.drbdocfs2.operation.maintenance.NodeMaintenanceEnd;
import io.jenkins.plugins.drbdocfs2.operation.maintenance.NodeServices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Moves services that run on the node only to another one, takes the node out of service, runs the block, and brings the node back, also if the block failed or was aborted. After a
 * restart of the controller it repeats the begin or the end if it was at it; the block resumes by itself. What to bring back is
 * in a file on the node, so that the next run brings it back if this one never can.
 */
final class WithNodeInMaintenanceExecution extends BackgroundStepExecution {
    private static final long serialVersionUID = 1L;

    private enum Phase {
        BEGIN,
        BLOCK,
        END
    }

    private final WithNodeInMaintenanceStep step;
    private final String agent;
    private final ArrayList<MovedService> moved = new ArrayList<>();
    private volatile Phase phase = Phase.BEGIN;
    private BodyExecution body;

    @SuppressWarnings("serial") // a value of the Pipeline, which Jenkins saves as well
    private Object result;

    private Throwable failure;

    WithNodeInMaintenanceExecution(StepContext context, WithNodeInMaintenanceStep step, String agent) {
        super(context);
        this.step = step;
        this.agent = agent;
    }

    @Override
    Object run() throws Exception {
        return phase == Phase.BEGIN ? begin() : bringBack();
    }

    private Object begin() throws Exception {
        for (Map<?, ?> service : maps(run(step.services(), false), NodeServices.SERVICES)) {
            MovedService moving = MovedService.of(service);
            moved.add(moving);
            getContext().saveState();
            run(WithNodeInMaintenanceStep.move(moving, (String) service.get(NodeServices.TO)), false);
        }
        return run(step.begin(moved), true);
    }

    private Object bringBack() throws Exception {
        Map<String, MovedService> back = new LinkedHashMap<>();
        moved.forEach(service -> back.put(service.resource(), service));
        Object result = run(step.end(false), true);
        // also those of a build that never moved them back
        for (Map<?, ?> service : maps(result, NodeMaintenanceEnd.MOVED)) {
            back.putIfAbsent((String) service.get("resource"), MovedService.of(service));
        }
        for (MovedService service : back.values()) {
            run(WithNodeInMaintenanceStep.move(service, step.getNode()), false);
        }
        return back.isEmpty() ? result : run(step.end(true), true);
    }

    @SuppressWarnings("unchecked") // so the operation makes it
    private static List<Map<?, ?>> maps(Object result, String key) {
        return (List<Map<?, ?>>) ((Map<String, Object>) result).getOrDefault(key, List.of());
    }

    private Object run(Operation operation, boolean onlyNode) throws Exception {
        List<String> nodes = onlyNode && step.getNode() != null ? List.of(step.getNode()) : List.of();
        return ClusterStepExecution.run(
                getContext(), agent, false, (run, session) -> operation, nodes, this::stopCause);
    }

    @Override
    void succeeded(Object value) {
        if (phase == Phase.BEGIN) {
            phase = Phase.BLOCK;
            body = getContext().newBodyInvoker().withCallback(new AfterBlock()).start();
            getContext().saveState();
        } else if (failure != null) {
            getContext().onFailure(failure);
        } else {
            getContext().onSuccess(result);
        }
    }

    @Override
    void failed(Throwable cause) {
        if (phase == Phase.BEGIN && (!moved.isEmpty() || !(cause instanceof StepRefusedException))) {
            end(cause); // it may be half out of service
        } else if (failure != null && failure != cause) {
            failure.addSuppressed(cause);
            getContext().onFailure(failure);
        } else {
            getContext().onFailure(cause);
        }
    }

    private void end(Throwable why) {
        failure = why;
        phase = Phase.END;
        getContext().saveState();
        workAgain();
    }

    @Override
    boolean isRepeatable() {
        return true;
    }

    @Override
    boolean isWorking() {
        return phase != Phase.BLOCK;
    }

    @Override
    void stopBlock(Throwable cause) {
        if (body != null) {
            body.cancel(cause);
        }
    }

    @Override
    public String getStatus() {
        return switch (phase) {
            case BEGIN -> "taking " + step.getNode() + " out of service";
            case BLOCK -> step.getNode() + " is in maintenance";
            case END -> "bringing " + step.getNode() + " back";
        };
    }

    /** Brings the node back after the block. */
    private final class AfterBlock extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        @Override
        public void onSuccess(StepContext context, Object value) {
            result = value;
            end(null);
        }

        @Override
        public void onFailure(StepContext context, Throwable t) {
            end(t);
        }
    }
}
