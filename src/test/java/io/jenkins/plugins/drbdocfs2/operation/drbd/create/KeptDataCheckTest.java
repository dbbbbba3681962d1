package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.configured;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.SPEC;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.TEXT;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.candidate;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.done;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A resource that is down and has data is requested with other disks or metadata. */
class KeptDataCheckTest {
    private static final DrbdCreateResource CREATE =
            new DrbdCreateResource(SPEC, Overwrite.NOTHING, false, PeerLossPolicy.CONTINUE);

    private static NodeFacts down(Node node) {
        return done(node).with(DrbdProbes.STATE, Optional.of(DrbdState.NONE));
    }

    /** A node whose file has another disk with the data; the requested disk has no metadata. */
    private static NodeFacts moved(Node node) {
        return down(node)
                .with(
                        SystemProbes.file("/etc/drbd.d/r0.res"),
                        new FileFact(true, TEXT.replace("/dev/sys/drbd0;", "/dev/sys/old;"), "600"))
                .with(candidate(), configured(true, null));
    }

    @Test
    void refusesToReplaceTheDataOnAllNodes() {
        assertThat(refusal(CREATE, moved(SV1), moved(SV2)))
                .contains("sv1: volume 0 of 'r0' has data on /dev/sys/drbd0")
                .contains("sv2: volume 0 of 'r0' has data")
                .contains("would start over without its data");
    }

    @Test
    void allowsANewDiskIfAnotherNodeKeepsTheData() throws Exception {
        Plan plan = CREATE.plan(cluster(moved(SV1), down(SV2)));
        assertThat(planned(plan, SV1)).contains("drbdadm create-md r0/0");
        assertThat(planned(plan, SV2)).containsExactly("drbdadm up r0", "wait for 'r0' to be connected");
    }
}
