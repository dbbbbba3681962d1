package io.jenkins.plugins.drbdocfs2.operation.drbd.sync;

import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.Events2;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import java.util.Set;
import java.util.stream.Collectors;

/** Satisfied when all peers are connected; fails if DRBD has given up. */
public final class ConnectionWatch implements Change.Watch {
    private final String resource;
    private final String node;
    private final Set<Integer> volumes;
    private final Events2.Follower events = new Events2.Follower();
    private String last = "nothing";

    /** @param volumes the existing volumes: a state without one of them is incomplete */
    public ConnectionWatch(String resource, String node, Set<Integer> volumes) {
        this.resource = resource;
        this.node = node;
        this.volumes = volumes;
    }

    @Override
    public boolean line(String line) throws StepFailure {
        ResourceState state = events.accept(line).resource(resource);
        if (!events.isInitialised() || state == null) {
            return false;
        }
        for (ConnectionStatus peer : state.connections().values()) {
            last = describe(peer);
            if (peer.isStandAlone()) {
                throw new StepFailure("on " + node + ", '" + resource + "' went StandAlone: DRBD refused the peer,"
                        + " for a split brain or because the two sides' data or settings do not fit. `dmesg` there"
                        + " says which; after a split brain use drbdResolveSplitBrain.");
            }
        }
        return state.isWhole(volumes) && state.isConnected();
    }

    private static String describe(ConnectionStatus peer) {
        String volumes = peer.volumes().values().stream()
                .map(volume -> ", volume " + volume.volume() + " " + volume.replication())
                .collect(Collectors.joining());
        return "connection " + peer.connection() + volumes;
    }

    @Override
    public String last() {
        return last;
    }

    @Override
    public boolean hasLostLines() {
        return events.hasLostEvents();
    }
}
