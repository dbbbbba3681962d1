package io.jenkins.plugins.drbdocfs2.operation.view;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.manager.DrbdManager;
import io.jenkins.plugins.drbdocfs2.drbd.manager.ResourceManagers;
import io.jenkins.plugins.drbdocfs2.drbd.manager.ResourceManagers.Managed;
import io.jenkins.plugins.drbdocfs2.drbd.manager.ResourceManagers.Unread;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The programs that manage the resources of a node besides this plugin. */
public final class ManagerFacts {
    private static final String LINSTOR_FILES = "/var/lib/linstor.d/";

    private ManagerFacts() {}

    private static ResourceManagers all(NodeFacts node) {
        return node.has(ResourceManagers.PROBE) ? node.get(ResourceManagers.PROBE) : ResourceManagers.NONE;
    }

    /** The programs that manage a resource, by their configuration and by the file that drbdadm has the resource from. */
    public static List<Managed> of(NodeFacts node, String resource) {
        List<Managed> found = new ArrayList<>(all(node).of(resource));
        String file = node.has(DrbdProbes.configured(resource))
                ? DrbdFacts.configured(node, resource).file()
                : "";
        if (file.startsWith(LINSTOR_FILES) && found.stream().noneMatch(one -> one.manager() == DrbdManager.LINSTOR)) {
            found.add(new Managed(DrbdManager.LINSTOR, resource, file));
        }
        return found;
    }

    /** What could not be read there, so that a program may manage any resource. */
    public static List<Unread> unread(NodeFacts node) {
        return all(node).unread();
    }

    /** Whether the node has such a program, or may have one. */
    public static boolean any(NodeFacts node) {
        return all(node).any();
    }

    /** Adds the values of a resource on a node to its report. */
    static void describe(NodeFacts node, String resource, Map<String, Object> report) {
        List<Managed> found = of(node, resource);
        if (!found.isEmpty()) {
            report.put("managedBy", found.stream().map(Managed::toString).toList());
        }
        if (node.has(ResourceManagers.PROBE)) {
            report.put("managedByKnown", unread(node).isEmpty());
        }
    }
}
