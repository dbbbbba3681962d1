package io.jenkins.plugins.drbdocfs2.freestyle;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.EnvVars;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterNode;
import io.jenkins.plugins.drbdocfs2.jenkins.KnownHostsFileStrategy;
import io.jenkins.plugins.drbdocfs2.steps.ClusterExecStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdCreateResourceStep;
import io.jenkins.plugins.drbdocfs2.steps.NodeDisk;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpansionTest {
    private final Expansion expansion = new Expansion(new EnvVars("N", "sv1", "SIZE", "2 \\1 $0", "EMPTY", ""));

    @Test
    void variablesAreReplacedInAllTextsOfACopy() {
        KnownHostsFileStrategy hostKeys = new KnownHostsFileStrategy();
        hostKeys.setPath("/keys/$N");
        ClusterBuilder given = new ClusterBuilder();
        given.setNodes(List.of(new ClusterNode("$N", "${N}.example.org")));
        given.setHostKeys(hostKeys);
        given.setCredentialsId("${N}");
        NodeDisk disk = new NodeDisk("$N");
        disk.setDisk("/dev/$N");
        DrbdCreateResourceStep create = new DrbdCreateResourceStep("r-${N}");
        create.setNodeDisks(List.of(disk));
        create.setSharedSecretCredentialsId("$N");
        create.setDualPrimary(true);
        create.setDryRun(true);
        given.setSteps(List.of(create));

        ClusterBuilder made = expansion.of(given);

        assertThat(made.getNodes().get(0))
                .extracting(ClusterNode::getName, ClusterNode::getHost)
                .containsExactly("sv1", "sv1.example.org");
        assertThat(((KnownHostsFileStrategy) made.getHostKeys()).getPath()).isEqualTo("/keys/sv1");
        assertThat(made.getCredentialsId())
                .as("the credentials plugin does that")
                .isEqualTo("${N}");
        DrbdCreateResourceStep step = (DrbdCreateResourceStep) made.getSteps().get(0);
        assertThat(step.getResource()).isEqualTo("r-sv1");
        assertThat(step.getSharedSecretCredentialsId()).isEqualTo("$N");
        assertThat(step.isDualPrimary()).isTrue();
        assertThat(step.isDryRun()).isTrue();
        assertThat(step.getNodeDisks().get(0))
                .extracting(NodeDisk::getNode, NodeDisk::getDisk)
                .containsExactly("sv1", "/dev/sv1");
        assertThat(given.getNodes().get(0).getName()).isEqualTo("$N");
        assertThat(create.getResource()).isEqualTo("r-${N}");
    }

    @Test
    void scriptsKeepTheirOwnVariables() {
        ClusterExecStep step = new ClusterExecStep("a=1; echo $a $N ${a:-x} ${N} ${SIZE} ${EMPTY}. ${NONE} $(id)");
        assertThat(expansion.of(step).getScript()).isEqualTo("a=1; echo $a $N ${a:-x} sv1 2 \\1 $0 . ${NONE} $(id)");
    }

    @Test
    void unknownVariablesStayUnchanged() {
        assertThat(expansion.of(new ClusterNode("$NONE ${NONE} 5$", "h")).getName())
                .isEqualTo("$NONE ${NONE} 5$");
    }
}
