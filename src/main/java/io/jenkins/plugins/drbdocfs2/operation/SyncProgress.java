package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.drbd.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.ResourceState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Tells how far a synchronisation is, a line only when there is news. Seen from the side that sends. */
final class SyncProgress {
    private static final int BAR = 20;
    private static final int LONGEST_SILENCE_SECONDS = 30;
    private static final double NEWS_PERCENT = 5;

    private final LongSupplier nanoTime;
    private final Consumer<String> news;
    private long mostKib;
    private long firstKib = -1;
    private long firstAt;
    private double toldPercent = -NEWS_PERCENT;
    private long toldAt;
    private Map<String, Object> last = Map.of();

    SyncProgress(LongSupplier nanoTime, Consumer<String> news) {
        this.nanoTime = nanoTime;
        this.news = news;
    }

    void update(ResourceState state) {
        List<PeerDeviceState> sources = state.connections().values().stream()
                .flatMap(peer -> peer.volumes().values().stream())
                .filter(volume -> volume.replication().endsWith("SyncSource"))
                .filter(volume -> volume.outOfSyncKib() != null)
                .toList();
        if (sources.isEmpty()) {
            last = Map.of();
            return;
        }
        long left = sources.stream().mapToLong(PeerDeviceState::outOfSyncKib).sum();
        long now = nanoTime.getAsLong();
        if (firstKib < 0) {
            firstKib = left;
            firstAt = now;
            mostKib = state.volumes().values().stream()
                    .mapToLong(volume -> volume.sizeKib() == null ? 0 : volume.sizeKib())
                    .sum();
        }
        mostKib = Math.max(mostKib, left);
        double percent = mostKib <= 0 ? 0 : Math.max(0, Math.min(100, 100.0 * (mostKib - left) / mostKib));
        double kibPerSecond = kibPerSecond(left, now);
        last = describe(percent, left, kibPerSecond);
        boolean silentLong = now - toldAt > LONGEST_SILENCE_SECONDS * 1_000_000_000L && percent > toldPercent;
        if (percent - toldPercent >= NEWS_PERCENT || silentLong) {
            news.accept(line(percent, left, kibPerSecond));
            toldPercent = percent;
            toldAt = now;
        }
    }

    /** How far it is, for the report; empty where this node sends nothing. */
    Map<String, Object> last() {
        return last;
    }

    private static Map<String, Object> describe(double percent, long left, double kibPerSecond) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("what", "in step");
        described.put("percent", Math.round(percent * 10) / 10.0);
        described.put("leftKib", left);
        if (kibPerSecond > 0) {
            described.put("kibPerSecond", (long) kibPerSecond);
            described.put("secondsLeft", (long) (left / kibPerSecond));
        }
        return described;
    }

    private double kibPerSecond(long left, long now) {
        double seconds = (now - firstAt) / 1e9;
        return seconds > 0 ? (firstKib - left) / seconds : 0;
    }

    private static String line(double percent, long left, double kibPerSecond) {
        int full = (int) (percent * BAR / 100);
        String bar = "[" + "=".repeat(full) + ">" + ".".repeat(Math.max(0, BAR - full - 1)) + "]";
        String rate = kibPerSecond > 0
                ? String.format(Locale.ROOT, ", %.1f MiB/s, %s left", kibPerSecond / 1024, duration((long)
                        (left / kibPerSecond)))
                : "";
        return String.format(Locale.ROOT, "%s %.0f %%, %d MiB to go%s", bar, percent, (left + 1023) / 1024, rate);
    }

    private static String duration(long seconds) {
        return seconds < 60
                ? seconds + " s"
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
