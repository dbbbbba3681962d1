package io.jenkins.plugins.drbdocfs2.operation.drbd.sync;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdVersion;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ProcDrbd;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change.Await;
import io.jenkins.plugins.drbdocfs2.engine.Change.Watch;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adapts a watch of {@code drbdsetup events2} to a DRBD without events, 8.3 and 8.4 before 8.4.6: it translates /proc/drbd,
 * once a second, to the format of events2.
 */
public final class PolledWatch implements Watch {
    static final String COMMAND = "while cat /proc/drbd && echo '= end'; do sleep 1; done";

    private final String resource;
    private final Map<Integer, Integer> minors;
    private final Watch watch;
    private final StringBuilder proc = new StringBuilder();

    private PolledWatch(Resource resource, Watch watch) {
        this.resource = resource.name();
        this.watch = watch;
        this.minors = new TreeMap<>();
        resource.volumes().forEach(volume -> minors.put(volume.number(), volume.minor()));
    }

    /** The wait for the events of the node's DRBD; by polling if it has none. */
    public static Await of(NodeFacts node, Resource resource, Await events) {
        boolean has = node.get(DrbdProbes.VERSION).map(DrbdVersion::hasEvents).orElse(true);
        return has
                ? events
                : new Await(
                        events.node(),
                        events.event(),
                        COMMAND,
                        progress -> new PolledWatch(resource, events.watch().start(progress)),
                        events.timeout(),
                        events.hint());
    }

    // The verdict of the watch counts only for a complete state.
    @Override
    public boolean line(String line) throws StepFailure {
        if (!line.equals("= end")) {
            proc.append(line).append('\n');
            VerifyWatch.checkLength(proc);
            return false;
        }
        ProcDrbd shown = ProcDrbd.parse(proc.toString());
        proc.setLength(0);
        ResourceState state = shown.resource(resource, minors);
        if (!shown.whole() || state != null && state.volumes().size() < minors.size()) {
            return false;
        }
        List<String> dump = state == null ? List.of("destroy resource name:" + resource) : dump(state);
        for (String event : dump) {
            watch.line("now " + event);
        }
        watch.line("now exists -");
        for (String event : dump) {
            watch.line(event);
        }
        return watch.line("exists -");
    }

    private List<String> dump(ResourceState state) {
        List<String> lines = new ArrayList<>();
        String name = " name:" + resource;
        lines.add("exists resource" + name + " role:" + state.role() + " suspended:" + yesNo(state.suspended()));
        for (DeviceState volume : state.volumes().values()) {
            lines.add("exists device" + name + " volume:" + volume.volume() + " minor:" + volume.minor() + " disk:"
                    + volume.disk());
        }
        for (ConnectionStatus peer : state.connections().values()) {
            String connection = name + " conn-name:" + peer.peer();
            lines.add(
                    "exists connection" + connection + " connection:" + peer.connection() + " role:" + peer.peerRole());
            peer.volumes().values().forEach(volume -> lines.add("exists peer-device" + connection + dump(volume)));
        }
        return lines;
    }

    private static String dump(PeerDeviceState volume) {
        StringBuilder line = new StringBuilder()
                .append(" volume:")
                .append(volume.volume())
                .append(" replication:")
                .append(volume.replication())
                .append(" peer-disk:")
                .append(volume.peerDisk())
                .append(" resync-suspended:")
                .append(yesNo(volume.resyncSuspended()));
        if (volume.outOfSyncKib() != null) {
            line.append(" out-of-sync:").append(volume.outOfSyncKib());
        }
        if (volume.progress().donePercent() != null) {
            line.append(" done:").append(volume.progress().donePercent());
        }
        return line.toString();
    }

    private static String yesNo(boolean value) {
        return value ? "yes" : "no";
    }

    @Override
    public String last() {
        return watch.last();
    }

    @Override
    public boolean hasLostLines() {
        return watch.hasLostLines();
    }

    @Override
    public Map<String, Object> now() {
        return watch.now();
    }
}
