package io.jenkins.plugins.drbdocfs2.operation.describe;

import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Item;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Section;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceDifferences;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.ManagerFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What drbdCreateResource does not say about a resource. */
final class ResourceRemarks {
    private final String name;
    private final ClusterFacts facts;
    private final List<Remark> remarks = new ArrayList<>();

    private ResourceRemarks(String name, ClusterFacts facts) {
        this.name = name;
        this.facts = facts;
    }

    static List<Remark> of(String name, ClusterFacts facts) {
        ResourceRemarks found = new ResourceRemarks(name, facts);
        facts.all().forEach(found::addNode);
        found.addDifferences();
        return found.remarks;
    }

    private void addNode(NodeFacts node) {
        ConfiguredResource configured = DrbdFacts.configured(node, name);
        boolean running = DrbdFacts.state(node, name) != null;
        if (!configured.isKnown()) {
            add(node, "'" + name + "' cannot be described: " + configured.error());
        } else if (!configured.isConfigured() && running) {
            add(node, "'" + name + "' is up, but in no file of this node");
        } else if (configured.isConfigured()) {
            String path = ResourceSpec.path(name);
            if (!configured.file().isEmpty() && !configured.file().equals(path)) {
                add(node, "'" + name + "' is in " + configured.file() + ", and the step would write " + path);
            }
            if (!running) {
                add(node, "'" + name + "' is not up");
            }
        }
        ManagerFacts.of(node, name)
                .forEach(managed ->
                        add(node, "'" + name + "' is managed by " + managed + ", so the steps refuse to change it"));
        ManagerFacts.unread(node)
                .forEach(unread -> add(
                        node,
                        "whether " + unread.manager() + " manages '" + name + "' is not known: " + unread.words()));
    }

    private void addDifferences() {
        List<NodeFacts> members = DrbdFacts.members(facts, name);
        if (members.isEmpty()) {
            return;
        }
        Resource first = DrbdFacts.configured(members.get(0), name).resource();
        DrbdGeneration generation = DrbdFacts.generation(members.get(0)).orElse(DrbdGeneration.V84);
        String text = ResourceText.render(first, generation);
        for (NodeFacts node : members.subList(1, members.size())) {
            ConfiguredResource other = DrbdFacts.configured(node, name);
            if (!ResourceDifferences.isSame(first, text, other.resource(), generation)) {
                List<String> differences = ResourceDifferences.of(first, text, other.resource(), generation);
                add(
                        node,
                        "'" + name + "' is configured otherwise than on "
                                + members.get(0).name()
                                + (differences.isEmpty()
                                        ? ": other options"
                                        : ": "
                                                + String.join("; ", differences)
                                                        .replace(
                                                                "requested ",
                                                                members.get(0).name() + " has ")
                                                        .replace("drbdadm reads ", node.name() + " ")));
            }
        }
    }

    /** The options in the section common of each node, which no step writes. */
    static List<Remark> ofCommon(List<String> names, ClusterFacts facts) {
        List<Remark> remarks = new ArrayList<>();
        for (NodeFacts node : facts.all()) {
            String common = names.stream()
                    .map(name -> DrbdFacts.configured(node, name).common())
                    .filter(sections -> sections.stream()
                            .anyMatch(section -> !section.items().isEmpty()))
                    .findFirst()
                    .map(ResourceRemarks::words)
                    .orElse("");
            if (!common.isEmpty()) {
                remarks.add(Remark.on(
                        node.name(),
                        "the section common of its DRBD files, which no step writes, also has for all resources: "
                                + common));
            }
        }
        return remarks;
    }

    private static String words(List<Section> sections) {
        return sections.stream()
                .filter(section -> !section.items().isEmpty())
                .map(section -> section.name() + " { "
                        + section.items().stream().map(ResourceRemarks::word).collect(Collectors.joining(" ")) + " }")
                .collect(Collectors.joining(" "));
    }

    private static String word(Item item) {
        return item instanceof Section section
                ? words(List.of(section))
                : item.name().equals(ConfigText.SECRET) ? "(a secret)" : item.toString();
    }

    private void add(NodeFacts node, String text) {
        remarks.add(Remark.on(node.name(), text));
    }
}
