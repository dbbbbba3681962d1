package io.jenkins.plugins.drbdocfs2.faults;

import io.jenkins.plugins.drbdocfs2.lab.Lab;
import io.jenkins.plugins.drbdocfs2.lab.LabBuild;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The clusters that rounds start with. Each is built once, and its disks are saved. */
final class Clusters {
    private static final String AWAIT_LOSS =
            "timeout 120 grep -q -m 1 'connection:Connecting' < <(drbdsetup events2 r0)";
    private static final String WRITE =
            """
            systemctl daemon-reload
            systemctl start mnt-drbd0.mount
            echo $(uname -n) > /mnt/drbd0/written-on-$(uname -n)
            sync
            """;

    private final Lab lab;
    private final List<Node> nodes;
    private final Map<StartingCluster, Known> known = new EnumMap<>(StartingCluster.class);

    Clusters(Lab lab) {
        this.lab = lab;
        this.nodes = List.of(new Node(lab, 1), new Node(lab, 2));
    }

    /**
     * The known state of a cluster.
     *
     * @param texts the files in /etc, by node
     * @param others the content of the disks that no Jenkinsfile names, by node
     * @param shared the files of r0; empty without r0
     * @param single the files of wwwdata; empty without wwwdata
     */
    record Known(List<Map<String, String>> texts, List<String> others, String shared, String single) {}

    List<Node> nodes() {
        return nodes;
    }

    /** Starts a cluster, and returns its known state. */
    Known begin(StartingCluster start) throws BrokenInvariant {
        StartingCluster saved = start.saved();
        if (!Files.exists(lab.file("saved/" + saved.name()))) {
            make(saved);
            lab.lab("save", saved.name());
        }
        lab.lab("restore", saved.name());
        if (!known.containsKey(saved)) {
            known.put(saved, readState(saved));
        }
        if (start == StartingCluster.SPLIT) {
            split();
        }
        return known.get(saved);
    }

    private void make(StartingCluster start) throws BrokenInvariant {
        switch (start) {
            case FRESH -> {
                for (Node node : nodes) {
                    TestPatterns.makeOthers(node);
                }
            }
            case DUAL -> {
                begin(StartingCluster.FRESH);
                LabBuild.start(lab, Jenkinsfile.DUAL.text()).succeeds();
                for (Node node : nodes) {
                    TestPatterns.makeFiles(node, "/mnt/drbd0");
                }
            }
            case BOTH -> {
                begin(StartingCluster.DUAL);
                LabBuild.start(lab, Jenkinsfile.SINGLE.text()).succeeds();
                TestPatterns.makeFiles(nodes.get(1), "/mnt/wwwdata");
            }
            case SPLIT -> throw new IllegalArgumentException("created for each round");
        }
    }

    private Known readState(StartingCluster start) throws BrokenInvariant {
        List<Map<String, String>> texts = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Node node : nodes) {
            texts.add(NodeLeftovers.texts(node));
            others.add(TestPatterns.others(node));
        }
        String shared = start.hasShared() ? TestPatterns.shared(nodes.get(0)) : "";
        String single = start.hasSingle() ? TestPatterns.single(nodes.get(1)) : "";
        if (start.hasSingle()) {
            TestPatterns.release(nodes.get(1));
        }
        return new Known(texts, others, shared, single);
    }

    private void split() throws BrokenInvariant {
        for (Node node : nodes) {
            node.run("umount /mnt/drbd0");
        }
        nodes.get(1).must("cut");
        for (Node node : nodes) {
            node.run(AWAIT_LOSS);
        }
        for (Node node : nodes) {
            node.run(WRITE);
        }
        nodes.get(1).must("heal");
    }
}
