package io.jenkins.plugins.drbdocfs2.drbd.status;

import io.jenkins.plugins.drbdocfs2.drbd.config.ImmutableCopies;
import java.io.Serializable;
import java.util.Map;

/**
 * What DRBD's kernel module says about its resources on one node.
 *
 * @param resources by name, in the order in which DRBD tells them; those that are down are not among them
 */
public record DrbdState(Map<String, ResourceState> resources) implements Serializable {
    /** No resource is up. */
    public static final DrbdState NONE = new DrbdState(Map.of());

    public DrbdState {
        resources = ImmutableCopies.of(resources);
    }

    /** Whether DRBD told all that it tells of each resource: what is missing was lost on the way. */
    public boolean isWhole() {
        return resources.values().stream().allMatch(ResourceState::isWhole);
    }

    /** A resource, or null if it is down. */
    public ResourceState resource(String name) {
        return resources.get(name);
    }
}
