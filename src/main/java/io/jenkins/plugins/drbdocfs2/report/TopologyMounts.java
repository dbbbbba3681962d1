package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The mount points of a node, current or former, as the latest step reported each. */
public final class TopologyMounts {
    /**
     * A mount point.
     *
     * @param point the directory
     * @param device the current mount, or null
     * @param type the filesystem, or null
     * @param mounted whether it is mounted now
     * @param step the step that reported it
     */
    public record Mount(String point, String device, String type, boolean mounted, StepHead step) {}

    private final Map<String, Mount> mounts = new LinkedHashMap<>();

    Collection<Mount> all() {
        return mounts.values();
    }

    TopologyMounts copy() {
        TopologyMounts copy = new TopologyMounts();
        copy.mounts.putAll(mounts);
        return copy;
    }

    /** Adds the report of a step about the node. */
    void add(ReportStep step, Map<String, Object> facts) {
        String point = either(facts, step, "mountPoint");
        if (point != null) {
            mounted(step, facts)
                    .ifPresent(mounted -> put(
                            new Mount(point, either(facts, step, "device"), type(step, facts), mounted, step.head())));
        }
        LenientJson.list(facts.get("volumes")).forEach(volume -> volume(step, LenientJson.map(volume)));
        LenientJson.map(facts.get("resources")).values().stream()
                .flatMap(resource -> LenientJson.list(LenientJson.map(resource).get("volumes")).stream())
                .forEach(volume -> volume(step, LenientJson.map(volume)));
    }

    private void volume(ReportStep step, Map<String, Object> volume) {
        String device = LenientJson.word(volume.get("device"));
        if (device == null || !volume.containsKey("mountedAt")) {
            return;
        }
        List<String> points = LenientJson.list(volume.get("mountedAt")).stream()
                .map(LenientJson::word)
                .filter(Objects::nonNull)
                .toList();
        List.copyOf(mounts.values()).stream()
                .filter(mount -> device.equals(mount.device()) && !points.contains(mount.point()))
                .forEach(mount -> put(new Mount(mount.point(), device, mount.type(), false, step.head())));
        String type = LenientJson.word(volume.get("type"));
        points.forEach(point -> put(new Mount(point, device, type == null ? "ocfs2" : type, true, step.head())));
    }

    private void put(Mount mount) {
        Mount known = mounts.get(mount.point());
        if (known == null || Topology.replaces(mount.step(), known.step())) {
            mounts.put(mount.point(), mount);
        }
    }

    private static Optional<Boolean> mounted(ReportStep step, Map<String, Object> facts) {
        Object mounted = facts.get("mounted");
        if (LenientJson.isTrue(mounted) || LenientJson.isFalse(mounted)) {
            return Optional.of(LenientJson.isTrue(mounted));
        }
        boolean verified = step.head().name().equals("ocfs2VerifySharing") && facts.containsKey("device");
        return verified ? Optional.of(LenientJson.word(facts.get("device")) != null) : Optional.empty();
    }

    private static String type(ReportStep step, Map<String, Object> facts) {
        String type = either(facts, step, "type");
        return type == null && step.head().name().startsWith("ocfs2") ? "ocfs2" : type;
    }

    private static String either(Map<String, Object> facts, ReportStep step, String key) {
        String own = LenientJson.word(facts.get(key));
        return own == null ? LenientJson.word(step.result().get(key)) : own;
    }
}
