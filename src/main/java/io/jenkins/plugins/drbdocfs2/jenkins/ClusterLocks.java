package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.drbdocfs2.lock.LockOwner;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/**
 * The nodes that builds of this controller hold, so that one build at a time changes a node. A session holds all its nodes
 * or none. Sessions of one build share nodes. Nothing is saved: after a restart a step takes its nodes again.
 */
public final class ClusterLocks {
    /** Tells apart equal builds of several controllers, and of runs of the runner. */
    private static final String INSTANCE = UUID.randomUUID().toString();

    private static final ClusterLocks ALL = new ClusterLocks();

    private final List<Claim> holders = new ArrayList<>();
    private final List<Claim> waiting = new ArrayList<>();

    /**
     * A session that holds its nodes or waits for them.
     *
     * @param session its ID
     * @param build the ID of its build
     * @param title the name of its build
     * @param nodes the names of its nodes by address
     */
    private record Claim(String session, String build, String title, Map<String, String> nodes) {
        static Claim of(ClusterSession session, Run<?, ?> run) {
            Map<String, String> nodes = new HashMap<>();
            for (Node node : session.getNodes()) {
                nodes.put(node.host().toLowerCase(Locale.ROOT) + ":" + node.port(), node.name());
            }
            return new Claim(session.getId(), run.getExternalizableId(), run.getFullDisplayName(), nodes);
        }

        boolean collidesWith(Claim other) {
            return !build.equals(other.build) && nodes.keySet().stream().anyMatch(other.nodes::containsKey);
        }

        /** Its names of the nodes that another has too. */
        Set<String> shared(Claim other) {
            return nodes.entrySet().stream()
                    .filter(node -> other.nodes.containsKey(node.getKey()))
                    .map(Map.Entry::getValue)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private ClusterLocks() {}

    /** Receives what a session waits for. */
    @FunctionalInterface
    interface Waits {
        void on(String what) throws IOException, InterruptedException;
    }

    /** Whether a session holds its nodes. */
    static boolean isHeld(ClusterSession session) {
        return ALL.holds(session.getId());
    }

    /** A build as the owner of locks on the nodes. */
    static LockOwner owner(Run<?, ?> run) {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        String url = jenkins == null ? null : Util.fixEmpty(jenkins.getRootUrl());
        return LockOwner.of(
                INSTANCE + run.getExternalizableId(), run.getFullDisplayName() + (url == null ? "" : " of " + url));
    }

    /**
     * Takes the nodes of a session, and waits while other builds hold them.
     *
     * @param session the session
     * @param run its build
     * @param waits is told what it waits for, each time when this is something else
     * @throws IOException if the builds would wait for each other for ever
     * @throws InterruptedException if the thread was interrupted; then it holds nothing more than before
     */
    static void acquire(ClusterSession session, Run<?, ?> run, Waits waits) throws IOException, InterruptedException {
        ALL.acquire(Claim.of(session, run), waits);
    }

    /** Gives back the nodes of a session, if it holds them. */
    static void release(String sessionId) {
        ALL.release(sessionId, null);
    }

    private synchronized boolean holds(String sessionId) {
        return holders.stream().anyMatch(claim -> claim.session().equals(sessionId));
    }

    private synchronized void release(String sessionId, String build) {
        holders.removeIf(
                claim -> claim.session().equals(sessionId) || claim.build().equals(build));
        notifyAll();
    }

    private synchronized void acquire(Claim claim, Waits waits) throws IOException, InterruptedException {
        if (holds(claim.session())) {
            return;
        }
        waiting.add(claim);
        try {
            String told = null;
            for (Set<Claim> before = before(claim); !before.isEmpty(); before = before(claim)) {
                String waitsFor = waitsFor(claim, before);
                if (waitsForItself(claim, before, new HashSet<>())) {
                    throw new AbortException(
                            waitsFor + ", and that build waits for this one. Put all nodes that a build"
                                    + " changes into one withClusterNodes block, then it takes them at once");
                }
                if (!waitsFor.equals(told)) {
                    waits.on(waitsFor);
                    told = waitsFor;
                }
                wait();
            }
            holders.add(claim);
        } finally {
            waiting.remove(claim);
            notifyAll();
        }
    }

    /** Those that must end first: who holds one of the nodes, and who waited for one before, unless this build holds others. */
    private Set<Claim> before(Claim claim) {
        Set<Claim> before = new LinkedHashSet<>();
        holders.stream().filter(claim::collidesWith).forEach(before::add);
        if (holders.stream().noneMatch(held -> held.build().equals(claim.build()))) {
            waiting.subList(0, waiting.indexOf(claim)).stream()
                    .filter(claim::collidesWith)
                    .forEach(before::add);
        }
        return before;
    }

    private boolean waitsForItself(Claim claim, Set<Claim> before, Set<String> visited) {
        for (Claim other : before) {
            if (!visited.add(other.session())) {
                continue;
            }
            for (Claim wish : waiting) {
                if (wish.build().equals(other.build())) {
                    Set<Claim> next = before(wish);
                    if (next.stream().anyMatch(held -> held.build().equals(claim.build()))
                            || waitsForItself(claim, next, visited)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static String waitsFor(Claim claim, Set<Claim> before) {
        return "waiting for "
                + before.stream()
                        .map(other -> other.title() + ", which changes " + String.join(", ", claim.shared(other)))
                        .distinct()
                        .collect(Collectors.joining("; "));
    }

    /** Gives back the nodes of a build that ended, however it ended. */
    @Extension
    public static final class EndOfBuild extends RunListener<Run<?, ?>> {
        @Override
        public void onFinalized(Run<?, ?> run) {
            ALL.release(null, run.getExternalizableId());
        }
    }
}
