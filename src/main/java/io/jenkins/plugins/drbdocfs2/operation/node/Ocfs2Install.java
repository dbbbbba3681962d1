package io.jenkins.plugins.drbdocfs2.operation.node;

import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeIdentity;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.operation.view.Ocfs2Facts;
import io.jenkins.plugins.drbdocfs2.operation.view.PackageNames;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ocfs2Install: ocfs2-tools and the kernel modules of OCFS2 with its own cluster stack o2cb, now and at boot.
 * ocfs2ConfigureCluster sets up the services.
 *
 * @param packages the packages to install instead of those of the distribution; may be empty
 */
public record Ocfs2Install(List<String> packages) implements InstallOperation {
    public Ocfs2Install {
        packages = List.copyOf(packages);
    }

    @Override
    public PackageInstall installation() {
        return new PackageInstall(PackageNames.OCFS2, packages);
    }

    @Override
    public ProbeSet probes(Node node, List<Node> nodes, ClusterFacts known) {
        return installation().probes(known.isEmpty() ? null : known.node(node.name()));
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        Refusals refusals = new Refusals();
        Plan.Builder plan = installation().plan(facts, refusals);
        refusals.check();
        return plan.build();
    }

    @Override
    public Map<String, Object> nodeReport(NodeFacts facts) {
        Map<String, Object> report = new LinkedHashMap<>();
        Map<String, Object> packages = installation().installedPackages(facts);
        if (packages.containsKey("ocfs2-tools")) {
            report.put("ocfs2Tools", packages.get("ocfs2-tools"));
        }
        report.put("kernel", facts.get(NodeIdentity.PROBE).kernel());
        report.put("packages", packages);
        return report;
    }

    @Override
    public NodeFacts simulate(NodeFacts facts, List<Node> nodes, ClusterFacts seen) {
        return Ocfs2Facts.installed(installation().simulate(facts));
    }
}
