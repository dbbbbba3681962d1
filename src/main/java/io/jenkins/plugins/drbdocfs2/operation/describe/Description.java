package io.jenkins.plugins.drbdocfs2.operation.describe;

import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.operation.describe.Verdict.Finding;
import io.jenkins.plugins.drbdocfs2.operation.view.Ocfs2StatusProbes;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The nodes described as stages of a Jenkinsfile, in the order in which a new cluster would be made. */
final class Description {
    private final ClusterFacts facts;
    private final List<Stage> stages;

    /**
     * @param seen the facts of the nodes
     * @param resources the names of the DRBD resources
     */
    Description(ClusterFacts seen, Collection<String> resources) {
        this.facts = NodeAddresses.apply(seen, resources);
        ResourcesArea drbd = new ResourcesArea(facts, resources);
        List<Resource> described = drbd.resources();
        List<DescribedStep> installations = new ArrayList<>(drbd.installation());
        installations.addAll(O2cbArea.installation(facts));
        List<Remark> remarks = new ArrayList<>(ResourceRemarks.ofCommon(List.copyOf(resources), facts));
        remarks.addAll(fencing(facts));
        List<Stage> all = new ArrayList<>();
        all.add(new Stage("Install", List.of(), installations));
        all.add(new VolumesArea(facts).stage(described));
        all.add(new Stage("DRBD", remarks, List.of()));
        all.addAll(drbd.stages());
        all.add(O2cbArea.stage(facts));
        all.add(FilesystemsArea.stage(devices(seen, resources), facts));
        this.stages = all.stream().filter(stage -> !stage.isEmpty()).toList();
    }

    /** The devices whose content is described: those of the resources, and others with OCFS2. */
    static List<String> devices(ClusterFacts facts, Collection<String> resources) {
        Set<String> devices = new LinkedHashSet<>();
        for (NodeFacts node : facts.all()) {
            node.get(DrbdDevices.PROBE).devices().stream()
                    .filter(device -> resources.contains(device.resource()))
                    .map(DrbdDevices.Device::path)
                    .forEach(devices::add);
        }
        for (NodeFacts node : facts.all()) {
            DrbdDevices drbd = node.get(DrbdDevices.PROBE);
            Ocfs2StatusProbes.devices(node).stream()
                    .filter(path -> drbd.of(path, -1).isEmpty() && !path.matches("/dev/drbd\\d+"))
                    .forEach(devices::add);
        }
        return List.copyOf(devices);
    }

    private static List<Remark> fencing(ClusterFacts facts) {
        return facts.all().stream()
                .filter(node -> !node.get(FencingDevices.PROBE).nodes().isEmpty())
                .map(node -> Remark.on(
                        node.name(),
                        FencingDevices.PATH + " has fencing devices for "
                                + String.join(
                                        ", ",
                                        new TreeSet<>(
                                                node.get(FencingDevices.PROBE).nodes()))
                                + ". They are not described, because their secrets are in that file: see"
                                + " clusterConfigureFencing"))
                .toList();
    }

    /** The next probes of a node, for what the steps would do. */
    ProbeSet probes(Node node) {
        NodeFacts known = facts.node(node.name());
        ProbeSet more = ProbeSet.of();
        for (DescribedStep step :
                stages.stream().flatMap(stage -> stage.steps().stream()).toList()) {
            more = more.and(step.probes(known, facts).probes());
        }
        return more;
    }

    /** The Jenkinsfile. */
    String jenkinsfile(SurroundingBlock block) {
        JenkinsfileWriter writer = new JenkinsfileWriter()
                .head(
                        "The cluster as clusterDescribe found it. The steps find nothing to change on it. Those that would"
                                + " change something, or would be refused, are comments, with the reasons.")
                .begin(block.arguments(facts.all().stream().map(NodeFacts::node).toList()));
        for (Stage stage : stages) {
            writer.stage(stage.title(), stage.remarks());
            stage.steps().forEach(step -> writer.step(step, step.verdict(facts)));
            writer.endStage();
        }
        return writer.end();
    }

    /** All remarks, and what steps would change or refuse. */
    List<Remark> remarks() {
        return stages.stream()
                .flatMap(stage -> Stream.concat(
                        stage.remarks().stream(), stage.steps().stream().flatMap(this::remarks)))
                .toList();
    }

    private Stream<Remark> remarks(DescribedStep step) {
        Verdict verdict = step.verdict(facts);
        Stream<Remark> found = verdict.remarks().stream()
                .map(remark -> new Remark(remark.node(), remark.step(), before(verdict, remark) + remark.text()));
        return Stream.concat(found, step.remarks().stream());
    }

    private static String before(Verdict verdict, Remark remark) {
        return remark.node() == null && verdict.finding() != Finding.REFUSED
                ? ""
                : switch (verdict.finding()) {
                    case CHANGES -> "would change: ";
                    case REFUSED -> "would be refused: ";
                    case UNCHANGED -> "";
                };
    }
}
