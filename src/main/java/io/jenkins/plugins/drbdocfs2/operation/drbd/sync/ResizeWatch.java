package io.jenkins.plugins.drbdocfs2.operation.drbd.sync;

import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.Events2;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change.Watch;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceReport;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Satisfied when all volumes are larger and synchronised, twice in a row: between the new size and the synchronisation of
 * the new space there is a moment that looks like the end. It reads dumps repeatedly, because DRBD 8.4 sends no event for a
 * new size on the node that resized.
 */
public final class ResizeWatch implements Watch {
    private final String resource;
    private final String node;
    private final Map<Integer, Long> aboveKib;
    private final StallTimer timer;
    private final SyncProgress progress;
    private Events2.Follower dump = new Events2.Follower();
    private ResourceState seen;
    private String last = "nothing";
    private int times;

    /** @param aboveKib the old size of each growing volume, in KiB */
    public ResizeWatch(
            String resource,
            String node,
            Map<Integer, Long> aboveKib,
            Duration stall,
            LongSupplier nanoTime,
            Consumer<String> log) {
        this.resource = resource;
        this.node = node;
        this.aboveKib = aboveKib;
        this.timer = new StallTimer(stall, nanoTime);
        this.progress = new SyncProgress(nanoTime, log);
    }

    @Override
    public boolean line(String line) throws StepFailure {
        ResourceState state = dump.accept(line).resource(resource);
        if (!dump.isInitialised()) {
            return false;
        }
        dump = new Events2.Follower();
        if (state == null) {
            throw new StepFailure("on " + node + ", '" + resource + "' was taken down while it grew. Run"
                    + " drbdCreateResource and this step again.");
        }
        seen = state;
        progress.update(state);
        last = describe(state);
        timer.see(last);
        if (timer.isOver()) {
            throw new StepFailure("on " + node + ", '" + resource + "' made no progress for " + timer.seconds()
                    + " s after drbdadm resize: " + last
                    + ". Are all nodes up and connected? Run the step again then.");
        }
        times = isDone(state) ? times + 1 : 0;
        return times >= 2;
    }

    private boolean isDone(ResourceState state) {
        return state.isWhole()
                && state.isUpToDateEverywhere()
                && aboveKib.entrySet().stream().allMatch(volume -> {
                    DeviceState device = state.volumes().get(volume.getKey());
                    return device != null && device.sizeKib() != null && device.sizeKib() > volume.getValue();
                });
    }

    private static String describe(ResourceState state) {
        return state.volumes().values().stream()
                        .map(volume ->
                                "volume " + volume.volume() + " with " + volume.sizeKib() + " KiB " + volume.disk())
                        .collect(Collectors.joining(", "))
                + state.connections().values().stream()
                        .map(peer -> ", connection " + peer.connection()
                                + peer.volumes().values().stream()
                                        .map(volume -> ", " + volume.replication() + ", " + volume.outOfSyncKib()
                                                + " KiB out of sync")
                                        .collect(Collectors.joining()))
                        .collect(Collectors.joining());
    }

    @Override
    public String last() {
        return last;
    }

    @Override
    public Map<String, Object> now() {
        return seen == null ? Map.of() : ResourceReport.now(seen, progress.last());
    }
}
