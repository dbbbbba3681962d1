package io.jenkins.plugins.drbdocfs2.drbd.status;

import io.jenkins.plugins.drbdocfs2.drbd.config.ImmutableCopies;
import java.io.Serializable;
import java.util.Map;

/**
 * The state of the resources of one node according to DRBD's kernel module.
 *
 * @param resources by name, in the order of DRBD's output; resources that are down are missing
 */
public record DrbdState(Map<String, ResourceState> resources) implements Serializable {
    /** No resource is up. */
    public static final DrbdState NONE = new DrbdState(Map.of());

    public DrbdState {
        resources = ImmutableCopies.of(resources);
    }

    /** Whether DRBD's report of each resource is complete; if not, a part of it was lost. */
    public boolean isWhole() {
        return resources.values().stream().allMatch(ResourceState::isWhole);
    }

    /** A resource, or null if it is down. */
    public ResourceState resource(String name) {
        return resources.get(name);
    }
}
