package io.jenkins.plugins.drbdocfs2.result;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the looks of a step at its nodes cost: before its changes, after them, and again after it waited for a lock.
 * Thread-safe.
 */
public final class Looks {
    private final Map<String, Integer> roundTrips = new LinkedHashMap<>();
    private final Map<String, Integer> processes = new LinkedHashMap<>();

    /**
     * Adds a script that a node ran to answer probes.
     *
     * @param node the name of the node
     * @param started how many processes and threads the node started meanwhile; negative if that is unknown
     */
    public synchronized void add(String node, int started) {
        roundTrips.merge(node, 1, Integer::sum);
        if (started >= 0) {
            processes.merge(node, started, Integer::sum);
        }
    }

    /**
     * The costs on the node where they are highest, because the nodes answer at the same time: {@code roundTrips}, the number
     * of scripts, and {@code processes}, unless no node tells them.
     */
    synchronized Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("roundTrips", most(roundTrips));
        if (!processes.isEmpty()) {
            map.put("processes", most(processes));
        }
        return map;
    }

    private static int most(Map<String, Integer> byNode) {
        return byNode.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
