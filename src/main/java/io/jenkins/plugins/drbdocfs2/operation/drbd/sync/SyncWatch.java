package io.jenkins.plugins.drbdocfs2.operation.drbd.sync;

import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.Events2;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change.Watch;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceReport;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Follows a synchronisation on one node: satisfied when everything is UpToDate on all nodes, fails without progress.
 * Lines that start with "now " are a dump, all others are events.
 */
public final class SyncWatch implements Watch {
    private static final String NUMBERS = "now ";
    private static final Set<DiskState> LOST = Set.of(DiskState.DISKLESS, DiskState.FAILED, DiskState.DETACHING);

    private final String resource;
    private final String node;
    private final Set<Integer> volumes;
    private final StallTimer timer;
    private final SyncProgress progress;
    private final Events2.Follower events = new Events2.Follower();
    private Events2.Follower numbers = new Events2.Follower();
    private ResourceState seen;

    /** @param volumes the existing volumes: a state without one of them is incomplete */
    public SyncWatch(
            String resource,
            String node,
            Set<Integer> volumes,
            Duration stall,
            LongSupplier nanoTime,
            Consumer<String> log) {
        this.resource = resource;
        this.node = node;
        this.volumes = volumes;
        this.timer = new StallTimer(stall, nanoTime);
        this.progress = new SyncProgress(nanoTime, log);
    }

    @Override
    public boolean line(String line) throws StepFailure {
        if (line.startsWith(NUMBERS)) {
            numbers(line.substring(NUMBERS.length()));
            return false;
        }
        ResourceState state = events.accept(line).resource(resource);
        if (!events.isInitialised()) {
            return false;
        }
        if (state == null) {
            throw new StepFailure("on " + node + ", '" + resource + "' was taken down while waiting for it. "
                    + "Run drbdCreateResource and drbdWaitSync again.");
        }
        checkCanGoOn(state);
        seen = state;
        timer.see(describe(state));
        return state.isWhole(volumes) && state.isUpToDateEverywhere();
    }

    @Override
    public String last() {
        return seen == null ? "nothing" : describe(seen);
    }

    @Override
    public Map<String, Object> now() {
        return seen == null ? Map.of() : ResourceReport.now(seen, progress.last());
    }

    private void numbers(String line) throws StepFailure {
        ResourceState state = numbers.accept(line).resource(resource);
        if (!numbers.isInitialised()) {
            return;
        }
        numbers = new Events2.Follower();
        if (state != null) {
            seen = state;
            progress.update(state);
            timer.see(describe(state));
        }
        if (timer.isOver()) {
            throw new StepFailure("on " + node + ", '" + resource + "' made no progress for " + timer.seconds()
                    + " s and is not synchronised: " + last() + ". " + remedy());
        }
    }

    private String remedy() {
        boolean paused = seen != null
                && seen.peerDevices().stream()
                        .anyMatch(volume -> volume.replication().state().isPaused());
        return paused
                ? "The synchronisation is paused: by `drbdadm pause-sync`, which `drbdadm resume-sync " + resource
                        + "` takes back on each node where it was given, or by `resync-after` until another resource is"
                        + " in step. Then run the build again."
                : "See whether all nodes are up and reach each other at their replication addresses, then run the build"
                        + " again: what is already copied stays.";
    }

    private void checkCanGoOn(ResourceState state) throws StepFailure {
        for (DeviceState volume : state.volumes().values()) {
            if (!volume.isClient() && LOST.contains(volume.disk().state())) {
                throw new StepFailure("on " + node + ", the disk of volume " + volume.volume() + " of '" + resource
                        + "' is " + volume.disk() + ": " + describe(state) + ". See `dmesg` there for its fault.");
            }
        }
        for (ConnectionStatus peer : state.connections().values()) {
            if (peer.isStandAlone()) {
                throw new StepFailure("on " + node + ", the connection of '" + resource
                        + "' is StandAlone: it was taken down, or DRBD found a split brain (see `dmesg` there): "
                        + describe(state) + ". After a split brain use drbdResolveSplitBrain.");
            }
        }
    }

    private static String describe(ResourceState state) {
        String disks = state.volumes().values().stream()
                .map(volume -> volume.disk().word())
                .collect(Collectors.joining(","));
        String peers =
                state.connections().values().stream().map(SyncWatch::describe).collect(Collectors.joining("; "));
        return "role " + state.role() + ", disk " + disks + (peers.isEmpty() ? ", no connection" : ", " + peers);
    }

    private static String describe(ConnectionStatus peer) {
        StringBuilder text = new StringBuilder("connection ").append(peer.connection());
        for (PeerDeviceState volume : peer.volumes().values()) {
            text.append(", ")
                    .append(volume.replication())
                    .append(", peer disk ")
                    .append(volume.peerDisk());
            if (volume.outOfSyncKib() != null && volume.outOfSyncKib() > 0) {
                text.append(", ").append(volume.outOfSyncKib()).append(" KiB out of sync");
            }
        }
        return text.toString();
    }

    @Override
    public boolean hasLostLines() {
        return events.hasLostEvents();
    }
}
