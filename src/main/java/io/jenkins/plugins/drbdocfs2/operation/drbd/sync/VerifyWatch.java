package io.jenkins.plugins.drbdocfs2.operation.drbd.sync;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.Events2;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ProcDrbd;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change.Watch;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceReport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Follows an online verify on the node that started it: satisfied when no volume is being compared any more, fails after a
 * lost connection or without progress. Lines that begin with "now " are a dump of the numbers, those with "proc " are from
 * /proc/drbd, all others are events.
 */
public final class VerifyWatch implements Watch {
    private static final double LOG_PERCENT = 10;
    private static final int MAX_PROC_DRBD = 1 << 20;

    private final String resource;
    private final String node;
    private final Set<Integer> volumes;
    private final StallTimer timer;
    private final Consumer<String> log;
    private final Events2.Follower events = new Events2.Follower();
    private final StringBuilder proc = new StringBuilder();
    private Events2.Follower numbers = new Events2.Follower();
    private ResourceState seen;
    private Map<Integer, ProcDrbd.Device> devices = Map.of();
    private double loggedPercent = -LOG_PERCENT;

    /** @param volumes the existing volumes: a state without one of them is incomplete */
    public VerifyWatch(
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
        this.log = log;
    }

    @Override
    public boolean line(String line) throws StepFailure {
        if (line.startsWith("proc ")) {
            proc.append(line.substring(5)).append('\n');
            checkLength(proc);
            return false;
        }
        if (line.startsWith("now ")) {
            numbers(line.substring(4));
            return false;
        }
        ResourceState state = events.accept(line).resource(resource);
        if (!events.isInitialised()) {
            return false;
        }
        checkCanGoOn(state);
        seen = state;
        return state.isWhole(volumes) && verifying(state).isEmpty();
    }

    static void checkLength(StringBuilder proc) {
        if (proc.length() > MAX_PROC_DRBD) {
            throw new TextFormatException("/proc/drbd has more than " + MAX_PROC_DRBD + " characters");
        }
    }

    private void checkCanGoOn(ResourceState state) throws StepFailure {
        if (state == null || !state.isConnected()) {
            throw new StepFailure("on " + node + ", '" + resource + "' "
                    + (state == null ? "was taken down" : "lost its connection")
                    + " while its data were compared; what was not yet compared is not known to be equal. Run drbdStatus"
                    + " to see what is wrong, and drbdVerify again when it is connected.");
        }
    }

    private static List<PeerDeviceState> verifying(ResourceState state) {
        return state.peerDevices().stream()
                .filter(volume -> volume.replication().state().isVerify())
                .toList();
    }

    private void numbers(String line) throws StepFailure {
        ResourceState state = numbers.accept(line).resource(resource);
        if (!numbers.isInitialised()) {
            return;
        }
        numbers = new Events2.Follower();
        devices = ProcDrbd.parse(proc.toString()).devices();
        proc.setLength(0);
        if (state != null) {
            seen = state;
        }
        timer.see(last());
        if (timer.isOver()) {
            throw new StepFailure("on " + node + ", the comparison of '" + resource + "' made no progress for "
                    + timer.seconds() + " s: " + last() + ". See `dmesg` on the nodes.");
        }
        logProgress();
    }

    private void logProgress() {
        double percent = percent();
        if (percent >= 0 && percent - loggedPercent >= LOG_PERCENT) {
            loggedPercent = percent;
            log.accept(last());
        }
    }

    private double percent() {
        if (seen == null) {
            return -1;
        }
        double least = 101;
        for (PeerDeviceState volume : verifying(seen)) {
            DeviceState device = seen.volumes().get(volume.volume());
            ProcDrbd.Device of84 = device == null ? null : devices.get(device.minor());
            Double done = volume.progress().donePercent() == null && of84 != null
                    ? of84.donePercent()
                    : volume.progress().donePercent();
            least = Math.min(least, done == null ? 101 : done);
        }
        return least > 100 ? -1 : least;
    }

    @Override
    public String last() {
        if (seen == null) {
            return "nothing";
        }
        double percent = percent();
        return (percent < 0 ? "comparing" : String.format(Locale.ROOT, "%.0f %% compared", percent)) + differ();
    }

    private String differ() {
        List<String> known = seen.connections().values().stream()
                .filter(peer -> peer.outOfSyncKib() != null)
                .map(peer -> peer.outOfSyncKib() + " KiB differ"
                        + (seen.connections().size() == 1 ? "" : " from " + peer.peer()))
                .toList();
        return known.isEmpty() ? "" : ", " + String.join(", ", known) + " so far";
    }

    @Override
    public boolean hasLostLines() {
        return events.hasLostEvents();
    }

    @Override
    public Map<String, Object> now() {
        return seen == null ? Map.of() : ResourceReport.now(seen, progress());
    }

    private Map<String, Object> progress() {
        double percent = percent();
        if (percent < 0) {
            return Map.of();
        }
        Map<String, Object> progress = new LinkedHashMap<>();
        progress.put("what", "compared");
        progress.put("percent", Math.round(percent * 10) / 10.0);
        seen.connections().values().stream()
                .map(ConnectionStatus::outOfSyncKib)
                .filter(Objects::nonNull)
                .max(Long::compare)
                .ifPresent(kib -> progress.put("differKib", kib));
        return progress;
    }
}
