package io.jenkins.plugins.drbdocfs2;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.jenkins.AcceptFirstConnectionStrategy;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterConfiguration;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterNode;
import io.jenkins.plugins.drbdocfs2.jenkins.KnownHostsFileStrategy;
import io.jenkins.plugins.drbdocfs2.jenkins.ManuallyProvidedKeysStrategy;
import io.jenkins.plugins.drbdocfs2.jenkins.NamedCluster;
import io.jenkins.plugins.drbdocfs2.steps.ClusterStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdCreateResourceStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdStatusStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdVolume;
import io.jenkins.plugins.drbdocfs2.steps.FenceDevice;
import io.jenkins.plugins.drbdocfs2.steps.NodeDisk;
import io.jenkins.plugins.drbdocfs2.steps.Ocfs2ConfigureClusterStep;
import io.jenkins.plugins.drbdocfs2.steps.WithClusterNodesStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The forms of the Snippet Generator: they keep all parameters of a step, and generate calls without default values. */
@WithJenkins
class StepFormsTest {
    /** Values of fields with a list of choices; other fields accept any text. */
    private static final Map<String, Object> CHOICES = Map.of(
            "protocol", "B",
            "blockSize", "2K",
            "clusterSize", "64K",
            "ocfs2Format type", "mail",
            "filesystemFormat type", "ext4",
            "clusterMount type", "xfs",
            "drbdSwitchover type", "ext4",
            "clusterHealth onProblem", "unstable",
            "drbdCreateResource onPeerLoss", "fence",
            "clusterFenceNode action", "off");

    private static final Pattern NAMED = Pattern.compile("(\\w+): ");

    @Test
    void formsKeepEveryParameterOfEveryStep(JenkinsRule r) throws Exception {
        int steps = 0;
        for (StepDescriptor descriptor : StepDescriptor.all()) {
            if (ClusterStep.class.isAssignableFrom(descriptor.clazz)) {
                Step step = filled(descriptor);
                r.assertEqualDataBoundBeans(step, new StepConfigTester(r).configRoundTrip(step));
                steps++;
            }
        }
        assertThat(steps).isEqualTo(32);
    }

    private static Step filled(StepDescriptor descriptor) throws Exception {
        DescribableModel<? extends Step> model = DescribableModel.of(descriptor.clazz);
        Map<String, Object> values = new LinkedHashMap<>();
        for (DescribableParameter parameter : model.getParameters()) {
            String name = parameter.getName();
            Class<?> type = parameter.getErasedType();
            if (name.equals("volumes")) {
                values.put(name, List.of(volume()));
            } else if (name.equals("nodeDisks")) {
                values.put(name, List.of(nodeDisk()));
            } else if (type == List.class) {
                values.put(name, List.of(fenceDevice()));
            } else if (type == String.class) {
                values.put(
                        name,
                        CHOICES.getOrDefault(
                                descriptor.getFunctionName() + " " + name, CHOICES.getOrDefault(name, "some-" + name)));
            } else if (type == boolean.class) {
                values.put(name, !List.of("changed", "fstab").contains(name));
            } else {
                values.put(name, 8);
            }
        }
        return model.instantiate(values, null);
    }

    @Test
    void generatedCallCreatesTheSameStep(JenkinsRule r) throws Exception {
        SnippetizerTester tester = new SnippetizerTester(r);
        for (StepDescriptor descriptor : StepDescriptor.all()) {
            if (ClusterStep.class.isAssignableFrom(descriptor.clazz)) {
                Step full = filled(descriptor);
                tester.assertRoundTrip(full, Snippetizer.object2Groovy(full));

                Map<String, Object> mandatory = mandatory(descriptor);
                Step bare = DescribableModel.of(descriptor.clazz).instantiate(mandatory, null);
                String call = Snippetizer.object2Groovy(bare);
                tester.assertRoundTrip(bare, call);
                assertThat(NAMED.matcher(call).results().map(found -> found.group(1)))
                        .as("no default in " + call)
                        .isSubsetOf(mandatory.keySet());
            }
        }
    }

    private static Map<String, Object> mandatory(StepDescriptor descriptor) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (DescribableParameter parameter :
                DescribableModel.of(descriptor.clazz).getParameters()) {
            if (parameter.isRequired()) {
                values.put(parameter.getName(), "some-" + parameter.getName());
            }
        }
        return values;
    }

    private static DrbdVolume volume() {
        DrbdVolume volume = new DrbdVolume(1, "/dev/drbd1");
        volume.setDisk("/dev/sys/log");
        volume.setMetaDisk("/dev/sys/meta[1]");
        return volume;
    }

    private static FenceDevice fenceDevice() {
        FenceDevice device = new FenceDevice("sv2", "fence_ipmilan");
        device.setParameters("ip=10.0.9.2 lanplus=1");
        device.setCredentialsId("some-credentialsId");
        return device;
    }

    private static NodeDisk nodeDisk() {
        NodeDisk disk = new NodeDisk("sv2");
        disk.setVolume(1);
        disk.setDisk("/dev/vdb");
        disk.setMetaDisk("internal");
        return disk;
    }

    private static WithClusterNodesStep withNodes() {
        ClusterNode second = new ClusterNode("sv2", "h2");
        second.setPort(2202);
        second.setAddress("10.0.0.2");
        second.setCredentialsId("own");
        WithClusterNodesStep step = new WithClusterNodesStep();
        step.setNodes(List.of(new ClusterNode("sv1", "h1"), second));
        return step;
    }

    @Test
    void formKeepsNodes(JenkinsRule r) throws Exception {
        ClusterConfiguration.get().setClusters(List.of(new NamedCluster("storage")));
        StepConfigTester tester = new StepConfigTester(r);
        WithClusterNodesStep step = withNodes();
        r.assertEqualDataBoundBeans(step, tester.configRoundTrip(step));

        step.setHostKeys(new ManuallyProvidedKeysStrategy("ssh-ed25519 AAAA"));
        step.setSudo(true);
        step.setConnectTimeoutSeconds(7);
        step.setDryRun(true);
        step.setCredentialsId("cluster-root");
        r.assertEqualDataBoundBeans(step, tester.configRoundTrip(step));

        WithClusterNodesStep named = new WithClusterNodesStep();
        named.setCluster("storage");
        KnownHostsFileStrategy hostKeys = new KnownHostsFileStrategy();
        hostKeys.setPath("/etc/ssh/ssh_known_hosts");
        named.setHostKeys(hostKeys);
        r.assertEqualDataBoundBeans(named, tester.configRoundTrip(named));
    }

    @Test
    void snippetsOmitDefaults(JenkinsRule r) throws Exception {
        SnippetizerTester tester = new SnippetizerTester(r);
        WithClusterNodesStep nodes = withNodes();
        String list = "nodes: [clusterNode(host: 'h1', name: 'sv1'),"
                + " clusterNode(address: '10.0.0.2', credentialsId: 'own', host: 'h2', name: 'sv2', port: 2202)]";
        tester.assertRoundTrip(nodes, "withClusterNodes(" + list + ") {\n    // some block\n}");
        nodes.setHostKeys(new AcceptFirstConnectionStrategy());
        nodes.setCredentialsId("cluster-root");
        tester.assertRoundTrip(
                nodes,
                "withClusterNodes(credentialsId: 'cluster-root', hostKeys: acceptFirstConnection(), " + list
                        + ") {\n    // some block\n}");
        WithClusterNodesStep named = new WithClusterNodesStep();
        named.setCluster("storage");
        tester.assertRoundTrip(named, "withClusterNodes(cluster: 'storage') {\n    // some block\n}");

        tester.assertRoundTrip(new DrbdStatusStep("r0"), "drbdStatus 'r0'");
        tester.assertRoundTrip(new Ocfs2ConfigureClusterStep("ocfs2"), "ocfs2ConfigureCluster 'ocfs2'");
        DrbdCreateResourceStep create = new DrbdCreateResourceStep("r0");
        create.setDevice("/dev/drbd0");
        create.setDisk("/dev/sys/drbd0");
        create.setDualPrimary(true);
        tester.assertRoundTrip(
                create,
                "drbdCreateResource device: '/dev/drbd0', disk: '/dev/sys/drbd0', dualPrimary: true, resource: 'r0'");
        DrbdCreateResourceStep volumes = new DrbdCreateResourceStep("r0");
        volumes.setVolumes(List.of(volume()));
        volumes.setNodeDisks(List.of(nodeDisk()));
        tester.assertRoundTrip(
                volumes,
                "drbdCreateResource nodeDisks: [nodeDisk(disk: '/dev/vdb', metaDisk: 'internal', node: 'sv2', volume: 1)],"
                        + " resource: 'r0', volumes: [drbdVolume(device: '/dev/drbd1', disk: '/dev/sys/log',"
                        + " metaDisk: '/dev/sys/meta[1]', number: 1)]");
    }
}
