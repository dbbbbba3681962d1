package io.jenkins.plugins.drbdocfs2.operation.describe;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Section;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdPromote;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdWaitSync;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.DrbdCreateResource;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.operation.node.DrbdInstall;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The DRBD resources: drbdCreateResource, drbdWaitSync and drbdPromote. */
final class ResourcesArea {
    private final ClusterFacts facts;
    private final List<String> names;

    /**
     * @param facts the facts of the nodes
     * @param names the names of the resources
     */
    ResourcesArea(ClusterFacts facts, Collection<String> names) {
        this.facts = facts;
        this.names = List.copyOf(names);
    }

    /** The installation, if there is a resource. */
    List<DescribedStep> installation() {
        return names.isEmpty()
                ? List.of()
                : List.of(
                        DescribedStep.of(StepCall.of("drbdInstall"), new DrbdInstall(List.of()), facts.names(), facts));
    }

    /** The resources that the steps can describe. */
    List<Resource> resources() {
        return names.stream()
                .flatMap(name -> member(name).stream()
                        .map(node -> DrbdFacts.configured(node, name).resource()))
                .toList();
    }

    /** The stage of each resource. */
    List<Stage> stages() {
        return names.stream().map(this::stage).toList();
    }

    private Optional<NodeFacts> member(String name) {
        return DrbdFacts.members(facts, name).stream().findFirst();
    }

    private Stage stage(String name) {
        String title = "DRBD " + name;
        Optional<NodeFacts> member = member(name);
        List<Remark> remarks = new ArrayList<>(ResourceRemarks.of(name, facts));
        if (member.isEmpty()) {
            return new Stage(title, remarks, List.of());
        }
        ConfiguredResource configured = DrbdFacts.configured(member.get(), name);
        List<String> outside = configured.hosts().stream()
                .map(Resource.Host::node)
                .filter(node -> facts.node(node) == null)
                .toList();
        if (!outside.isEmpty()) {
            remarks.add(new Remark(
                    null,
                    null,
                    "'" + name + "' is also on " + String.join(", ", outside)
                            + ", which the step does not look at, so it cannot be described"));
            return new Stage(title, remarks, List.of());
        }
        List<String> nodes = facts.names().stream()
                .filter(node -> configured.resource().host(node) != null)
                .toList();
        Optional<DescribedStep> create = best(candidates(configured, nodes, member.get()));
        List<DescribedStep> steps = new ArrayList<>();
        create.ifPresent(steps::add);
        if (create.isEmpty()) {
            remarks.add(new Remark(
                    null, null, "no parameters of drbdCreateResource say what the files of '" + name + "' have"));
        }
        steps.addAll(roles(configured.resource(), nodes));
        return new Stage(title, remarks, steps);
    }

    private List<DescribedStep> candidates(ConfiguredResource configured, List<String> nodes, NodeFacts member) {
        DrbdGeneration generation = DrbdFacts.generation(member).orElse(DrbdGeneration.V84);
        List<Resource> sources = new ArrayList<>(List.of(configured.resource()));
        written(member, configured.resource().name()).ifPresent(own -> sources.add(0, own));
        List<ResourceCalls> calls = sources.stream()
                .map(source -> new ResourceCalls(source, configured.common(), nodes, facts))
                .toList();
        return Stream.concat(
                        calls.stream().map(ResourceCalls::withParameters),
                        calls.stream().map(call -> call.withText(generation)))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The resource as this plugin has written it, in the order of the file, which drbdadm does not keep. */
    private static Optional<Resource> written(NodeFacts node, String name) {
        FileFact file = node.get(SystemProbes.file(ResourceSpec.path(name)));
        if (!file.text().contains(ResourceText.HEADER)) {
            return Optional.empty();
        }
        try {
            return ConfigText.parse(file.text()).items().stream()
                    .filter(item -> item instanceof Section section
                            && section.name().equals("resource")
                            && section.arguments().stream()
                                    .anyMatch(word -> word.text().equals(name)))
                    .findFirst()
                    .map(item -> ResourceText.parse(new ConfigText(List.of(item)).render()));
        } catch (TextFormatException e) {
            return Optional.empty();
        }
    }

    private Optional<DescribedStep> best(List<DescribedStep> candidates) {
        List<DescribedStep> valid =
                candidates.stream().filter(step -> step.isValid(facts)).toList();
        return valid.stream()
                .filter(this::isInPlace)
                .findFirst()
                .or(() -> valid.stream().findFirst())
                .or(() -> candidates.stream().findFirst());
    }

    private boolean isInPlace(DescribedStep step) {
        try {
            return ((DrbdCreateResource) step.operation()).isInPlace(step.chosen(facts));
        } catch (InvalidParameterException e) {
            return false;
        }
    }

    private List<DescribedStep> roles(Resource resource, List<String> nodes) {
        String name = resource.name();
        List<DescribedStep> steps = new ArrayList<>();
        List<String> primaries = nodes.stream()
                .filter(node -> DrbdFacts.isPrimary(facts.node(node), name))
                .toList();
        if (!primaries.isEmpty()) {
            steps.add(DescribedStep.of(
                    StepCall.of("drbdWaitSync").with("resource", name),
                    new DrbdWaitSync(name, DrbdWaitSync.DEFAULT_STALL_SECONDS),
                    nodes,
                    facts));
        }
        for (String node : primaries) {
            DescribedStep promotion = DescribedStep.of(
                    StepCall.of("drbdPromote").with("resource", name).with("node", node),
                    new DrbdPromote(name, node, false),
                    nodes,
                    facts);
            steps.add(
                    resource.dualPrimary()
                            ? promotion
                            : promotion.remark(null, "after a drbdSwitchover, name the new Primary here"));
        }
        return steps;
    }
}
