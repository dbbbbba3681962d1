package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.SYNCED;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.operation.DrbdNodes;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The resource r0 with two Primaries and more options, in its own sections or in the node's common section. */
public final class FencedNodes {
    private FencedNodes() {}

    public static ResourceSpec spec(String options) {
        return spec(7789, options);
    }

    private static ResourceSpec spec(int port, String options) {
        return new ResourceSpec(
                "r0",
                List.of(new VolumeSpec(0, "/dev/drbd0", "/dev/sys/drbd0", "/dev/sys/drbd0_meta")),
                List.of(),
                null,
                port,
                "C",
                true,
                options);
    }

    /** r0 with another port in the node's file. */
    public static ConfiguredResource onPort(int port) {
        return new ConfiguredResource(
                spec(port, null).on(BOTH), "", true, List.of("drbdsetup-84 ..."), Map.of(0, List.of(SYNCED)));
    }

    /** A node with this common section in its files, in the probe of the new file of r0. */
    public static NodeFacts common(NodeFacts node, String section) {
        return common(node, DrbdNodes.spec(true), section);
    }

    /** As {@link #common(NodeFacts, String)}, for this r0. */
    public static NodeFacts common(NodeFacts node, ResourceSpec spec, String section) {
        String text = ResourceText.render(spec.on(BOTH), DrbdGeneration.V84);
        String printed = lines("dump ", text) + lines("common ", section) + "checked 0\n";
        return node.with(
                DrbdProbes.candidate("r0", spec.path(), text),
                DrbdProbes.configured("r0").parser().apply(new Reading(0, printed)));
    }

    private static String lines(String mark, String text) {
        return text.lines().map(line -> mark + line + "\n").collect(Collectors.joining());
    }
}
