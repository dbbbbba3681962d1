package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.drbd.ConnectionState;
import io.jenkins.plugins.drbdocfs2.drbd.Events2;
import io.jenkins.plugins.drbdocfs2.drbd.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.ResourceState;
import io.jenkins.plugins.drbdocfs2.drbd.States;
import io.jenkins.plugins.drbdocfs2.operation.Change.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows an online verify from the node that began it: content when no volume is compared any more, gives up when the
 * connection goes or nothing moves. Lines that begin with "now " are a dump of the numbers, those with "proc " are
 * /proc/drbd's, all others the stream of events.
 */
final class VerifyWatch implements Watch {
    private static final double NEWS_PERCENT = 10;
    private static final Pattern DEVICE = Pattern.compile("\\s*(\\d{1,7}): cs:(\\S+).*");
    private static final Pattern VERIFIED = Pattern.compile(".*verified:\\s*(\\d{1,3}(?:\\.\\d{1,4})?)%.*");

    private final String resource;
    private final String node;
    private final Duration stall;
    private final LongSupplier nanoTime;
    private final Consumer<String> news;
    private final Events2.Follower events = new Events2.Follower();
    private final TreeMap<Integer, Double> percentByMinor = new TreeMap<>();
    private Events2.Follower numbers = new Events2.Follower();
    private ResourceState seen;
    private int minor = -1;
    private double told = -NEWS_PERCENT;
    private String lastMoved = "";
    private long movedAt;

    VerifyWatch(String resource, String node, Duration stall, LongSupplier nanoTime, Consumer<String> news) {
        this.resource = resource;
        this.node = node;
        this.stall = stall;
        this.nanoTime = nanoTime;
        this.news = news;
        this.movedAt = nanoTime.getAsLong();
    }

    @Override
    public boolean line(String line) throws StepFailure {
        if (line.startsWith("proc ")) {
            proc(line.substring(5));
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
        return verifying(state).isEmpty();
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
        return state.connections().values().stream()
                .map(ConnectionState::volumes)
                .flatMap(volumes -> volumes.values().stream())
                .filter(volume -> States.isVerify(volume.replication()))
                .toList();
    }

    private void proc(String line) {
        Matcher device = DEVICE.matcher(line);
        Matcher verified = VERIFIED.matcher(line);
        if (device.matches()) {
            minor = Integer.parseInt(device.group(1));
            percentByMinor.remove(minor);
        } else if (verified.matches()) {
            percentByMinor.put(minor, Double.valueOf(verified.group(1)));
        }
    }

    private void numbers(String line) throws StepFailure {
        ResourceState state = numbers.accept(line).resource(resource);
        if (!numbers.isInitialised()) {
            return;
        }
        numbers = new Events2.Follower();
        if (state != null) {
            seen = state;
        }
        String now = last();
        if (!Objects.equals(now, lastMoved)) {
            lastMoved = now;
            movedAt = nanoTime.getAsLong();
        } else if (nanoTime.getAsLong() - movedAt > stall.toNanos()) {
            throw new StepFailure("on " + node + ", the comparison of '" + resource + "' has not moved for "
                    + stall.toSeconds() + " s: " + last() + ". See `dmesg` on the nodes.");
        }
        tell();
    }

    private void tell() {
        double percent = percent();
        if (percent >= 0 && percent - told >= NEWS_PERCENT) {
            told = percent;
            news.accept(last());
        }
    }

    private double percent() {
        if (seen == null) {
            return -1;
        }
        double least = 101;
        for (PeerDeviceState volume : verifying(seen)) {
            Double done = volume.donePercent() != null
                    ? volume.donePercent()
                    : percentByMinor.get(
                            seen.volumes().containsKey(volume.volume())
                                    ? seen.volumes().get(volume.volume()).minor()
                                    : -1);
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
        long kib = seen.connections().values().stream()
                .flatMap(peer -> peer.volumes().values().stream())
                .mapToLong(volume -> volume.outOfSyncKib() == null ? 0 : volume.outOfSyncKib())
                .sum();
        return (percent < 0 ? "comparing" : String.format(Locale.ROOT, "%.0f %% compared", percent)) + ", " + kib
                + " KiB differ so far";
    }
}
