package io.jenkins.plugins.drbdocfs2.operation.drbd.sync;

import io.jenkins.plugins.drbdocfs2.check.Durations;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ReplicationState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Prints the progress of a synchronisation when it changes, from the sending side: for the peer with the most work left,
 * with all volumes of the resource, including paused and waiting ones.
 */
final class SyncProgress {
    private static final int BAR = 20;
    private static final int MAX_SILENCE_SECONDS = 30;
    private static final double LOG_PERCENT = 5;
    private static final Set<ReplicationState> SENDING =
            EnumSet.of(ReplicationState.SYNC_SOURCE, ReplicationState.PAUSED_SYNC_S);

    private final LongSupplier nanoTime;
    private final Consumer<String> log;
    private final Map<String, Amount> firstByPeer = new HashMap<>();
    private long mostKib;
    private double loggedPercent = -LOG_PERCENT;
    private long loggedAt;
    private Map<String, Object> last = Map.of();

    /** The remaining amount at a time. */
    private record Amount(long kib, long at) {}

    /**
     * The progress of one peer.
     *
     * @param to its name if there are several; else null
     * @param kibPerSecond 0 or less if unknown
     * @param paused the numbers of the volumes that wait
     */
    private record Pair(String to, double percent, long leftKib, double kibPerSecond, List<Integer> paused) {}

    SyncProgress(LongSupplier nanoTime, Consumer<String> log) {
        this.nanoTime = nanoTime;
        this.log = log;
    }

    void update(ResourceState state) {
        ConnectionStatus behind = null;
        for (ConnectionStatus peer : state.connections().values()) {
            boolean sends = peer.volumes().values().stream()
                    .anyMatch(volume -> SENDING.contains(volume.replication().state()));
            behind = sends && (behind == null || leftKib(peer) > leftKib(behind)) ? peer : behind;
        }
        if (behind == null) {
            last = Map.of();
            return;
        }
        Pair pair = pair(state, behind, nanoTime.getAsLong());
        last = describe(pair);
        logProgress(pair, nanoTime.getAsLong());
    }

    private static long leftKib(ConnectionStatus peer) {
        return peer.volumes().values().stream()
                .map(PeerDeviceState::outOfSyncKib)
                .filter(Objects::nonNull)
                .mapToLong(kib -> kib)
                .sum();
    }

    private Pair pair(ResourceState state, ConnectionStatus peer, long now) {
        long left = leftKib(peer);
        Amount first = firstByPeer.computeIfAbsent(peer.peer(), name -> new Amount(left, now));
        long all = state.volumes().values().stream()
                .mapToLong(volume -> volume.sizeKib() == null ? 0 : volume.sizeKib())
                .sum();
        mostKib = Math.max(mostKib, Math.max(all, left));
        double percent = mostKib <= 0 ? 0 : Math.max(0, Math.min(100, 100.0 * (mostKib - left) / mostKib));
        double seconds = (now - first.at()) / 1e9;
        return new Pair(
                state.connections().size() > 1 ? peer.peer() : null,
                percent,
                left,
                seconds > 0 ? (first.kib() - left) / seconds : 0,
                peer.volumes().values().stream()
                        .filter(volume -> volume.replication().is(ReplicationState.PAUSED_SYNC_S))
                        .map(PeerDeviceState::volume)
                        .toList());
    }

    private void logProgress(Pair pair, long now) {
        boolean silentLong = now - loggedAt > MAX_SILENCE_SECONDS * 1_000_000_000L && pair.percent() > loggedPercent;
        if (pair.percent() - loggedPercent >= LOG_PERCENT || silentLong) {
            log.accept(line(pair));
            loggedPercent = pair.percent();
            loggedAt = now;
        }
    }

    /** The progress for the report; empty if this node does not send. */
    Map<String, Object> last() {
        return last;
    }

    private static Map<String, Object> describe(Pair pair) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("what", pair.to() == null ? "in step" : "in step on " + pair.to());
        described.put("percent", Math.round(pair.percent() * 10) / 10.0);
        described.put("leftKib", pair.leftKib());
        if (pair.kibPerSecond() > 0) {
            described.put("kibPerSecond", (long) pair.kibPerSecond());
            described.put("secondsLeft", (long) (pair.leftKib() / pair.kibPerSecond()));
        }
        return described;
    }

    private static String line(Pair pair) {
        int full = (int) (pair.percent() * BAR / 100);
        String bar = "[" + "=".repeat(full) + ">" + ".".repeat(Math.max(0, BAR - full - 1)) + "]";
        String to = pair.to() == null ? "" : " to " + pair.to();
        String rate = pair.kibPerSecond() > 0
                ? String.format(
                        Locale.ROOT, ", %.1f MiB/s, %s left", pair.kibPerSecond() / 1024, Durations.seconds((long)
                                (pair.leftKib() / pair.kibPerSecond())))
                : "";
        String paused = pair.paused().stream()
                .map(number -> ", volume " + number + " paused")
                .collect(Collectors.joining());
        return String.format(
                        Locale.ROOT, "%s %.0f %%, %d MiB to go", bar, pair.percent(), (pair.leftKib() + 1023) / 1024)
                + to
                + rate
                + paused;
    }
}
