package io.jenkins.plugins.drbdocfs2.operation.fencing;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.engine.Change.Await;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Change.Watch;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.operation.SimulatedNodes;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterConfigureFencingTest {
    private static final String FILE_OF_SV1 =
            """
            # Written by clusterConfigureFencing of drbd-ocfs2-steps; edits are replaced.
            wait=0
            limit=8
            [sv2]
            agent=fence_lab
            ip=10.99.0.254
            plug=sv2
            password=k2
            """;
    private static final String ABSENT = "file /etc/drbd-fencing.conf";

    private static DeviceSpec device(String node, String parameters) {
        return DeviceSpec.of(node, "fence_lab", parameters, new DeviceLogin("", "k" + node.charAt(2)));
    }

    private static ClusterConfigureFencing configure(DeviceSpec... devices) {
        return new ClusterConfigureFencing(List.of(devices), List.of(), false);
    }

    private static final ClusterConfigureFencing BOTH_DEVICES =
            configure(device("sv1", "ip=10.99.0.254 plug=sv1"), device("sv2", "ip=10.99.0.254 plug=sv2"));

    private static SimulatedNodes nodes() {
        return SimulatedNodes.empty().with(ABSENT, "600\nold\n[sv9]\npassword=leftover\n");
    }

    private static PutFile file(Plan plan, String node) {
        return plan.changes().stream()
                .filter(change -> change instanceof PutFile && change.node().equals(node))
                .map(PutFile.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static String refusal(ClusterConfigureFencing operation, SimulatedNodes nodes) {
        return catchThrowableOfType(RefusedException.class, () -> nodes.plan(operation, BOTH))
                .getMessage();
    }

    private static void invalid(ClusterConfigureFencing operation, String message) {
        assertThatThrownBy(() -> operation.check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining(message);
    }

    @Test
    void putsTheDevicesOfTheOtherNodesInPlace() throws Exception {
        BOTH_DEVICES.check(BOTH);
        Plan plan = nodes().plan(BOTH_DEVICES, BOTH);
        assertThat(planned(plan, SV1)).containsExactly("change /etc/drbd-fencing.conf");
        assertThat(file(plan, "sv1").after()).isEqualTo(FILE_OF_SV1);
        assertThat(file(plan, "sv1").mode()).isEqualTo("0600");
        // two nodes: DRBD notices at most 11 s later on the first node, whose agent may take 8 s
        assertThat(file(plan, "sv2").after()).contains("wait=19\n", "[sv1]\n", "plug=sv1\n", "password=k1\n");
        assertThat(plan.notes())
                .containsExactly(
                        "a call of a fence agent may take 8 s, because o2cb by default resets a node after 60 s;"
                                + " heartbeatThreshold: 49 (ocfs2ConfigureCluster) leaves 20 s");
    }

    @Test
    void changesNothingTheSecondTime() throws Exception {
        SimulatedNodes nodes = SimulatedNodes.empty()
                .on(SV1, ABSENT, "600\n" + FILE_OF_SV1)
                .on(
                        SV2,
                        ABSENT,
                        "600\n" + file(nodes().plan(BOTH_DEVICES, BOTH), "sv2").after());
        assertThat(nodes.plan(BOTH_DEVICES, BOTH).isEmpty()).isTrue();
        nodes.on(SV1, ABSENT, "644\n" + FILE_OF_SV1);
        assertThat(planned(nodes.plan(BOTH_DEVICES, BOTH), SV1)).containsExactly("change /etc/drbd-fencing.conf");
    }

    @Test
    void theNodeWithTheLowerNumberInClusterConfBegins() throws Exception {
        String conf = "cluster:\n\tname = c\n\tnode_count = 2\n\n"
                + "node:\n\tcluster = c\n\tnumber = 1\n\tip_port = 7777\n\tip_address = 10.77.0.1\n\tname = sv1\n\n"
                + "node:\n\tcluster = c\n\tnumber = 0\n\tip_port = 7777\n\tip_address = 10.77.0.2\n\tname = sv2\n\n";
        Plan plan = nodes().with("file /etc/ocfs2/cluster.conf", "644\n" + conf).plan(BOTH_DEVICES, BOTH);
        assertThat(file(plan, "sv1").after()).contains("wait=19\n");
        assertThat(file(plan, "sv2").after()).contains("wait=0\n");
    }

    @Test
    void showsNoSecret() throws Exception {
        assertThat(BOTH_DEVICES.toString()).doesNotContain("k1", "k2");
        assertThat(BOTH_DEVICES.secrets()).containsExactlyInAnyOrder("k1", "k2");
        PutFile file = file(nodes().plan(BOTH_DEVICES, BOTH), "sv1");
        assertThat(file.mask().apply(file.before())).isEqualTo("old\n[sv9]\npassword=********\n");
        String mask = "********";
        assertThat(file.mask().apply("passwd=x y\nsecret_key=a\nlogin=b\naccess_key=c\nplug=d\npasswd_script=/bin/p"))
                .isEqualTo("passwd=%1$s\nsecret_key=%1$s\nlogin=%1$s\naccess_key=%1$s\nplug=d\npasswd_script=/bin/p"
                        .formatted(mask));
    }

    @Test
    void refusesParametersThatTheAgentDoesNotKnowOrNeeds() {
        assertThat(refusal(configure(device("sv1", "ip=x pulg=sv1"), device("sv2", "ip=y plug=sv2")), nodes()))
                .contains("sv2: fence_lab for sv1 does not know 'pulg'. Is it 'plug'", "fence_lab for sv1 needs plug");
        assertThat(refusal(BOTH_DEVICES, nodes().with("fence agent ", "no XML")))
                .contains("fence_lab does not describe itself: its metadata are no XML");
    }

    @Test
    void refusesADeviceThatDoesNotAnswerInTheAgentsWords() {
        assertThat(refusal(BOTH_DEVICES, nodes().on(SV1, "fencing device of ", "= monitor 1\nERROR: login failed\n")))
                .contains("sv1: fence_lab for sv2: monitor exited with code 1: ERROR: login failed");
        assertThat(refusal(BOTH_DEVICES, nodes().with("fencing device of ", "= monitor 0\n\n= status 124\n\n")))
                .contains("sv2: fence_lab for sv1: status gave no answer in time");
        assertThat(refusal(BOTH_DEVICES, nodes().with("fencing device of ", "= monitor 0\n\n= status 2\nOFF\n")))
                .contains("the device of sv2 says that it is off, but sv2 answers");
    }

    @Test
    void refusesAnO2cbClusterThatWaitsTooShort() {
        String state = Recorded.text("ocfs2/o2cb-state.txt");
        assertThat(state).contains("dead_threshold 31");
        assertThat(refusal(
                        BOTH_DEVICES,
                        nodes().with("o2cb state", state.replace("dead_threshold 31", "dead_threshold 21"))))
                .contains(
                        "a node needs up to 50 s to fence its peer (22 s until DRBD notices the loss, 16 s for the other")
                .contains("o2cb resets a node after 40 s")
                .contains("heartbeatThreshold to 27 or more");
    }

    @Test
    void installsMissingAgentsAndThenChecksThem() throws Exception {
        SimulatedNodes without = nodes().with("fence agent ", "absent\n");
        Plan plan = without.plan(BOTH_DEVICES, BOTH);
        assertThat(planned(plan, SV1))
                .hasSize(5)
                .contains("fence_lab: monitor and status of sv2", "change /etc/drbd-fencing.conf")
                .anyMatch(line -> line.endsWith("install fence-agents"));
        Await await = (Await) plan.changes().stream()
                .filter(Await.class::isInstance)
                .findFirst()
                .orElseThrow();
        Watch watch = await.watch().start(line -> {});
        boolean come = false;
        for (String line : Recorded.text("fence-agents/fence_lab.xml").split("\n")) {
            come = watch.line(line);
        }
        assertThat(come).isTrue();

        Plan wrong = nodes().with("fence agent ", "absent\n")
                .plan(configure(device("sv1", "plug=sv1"), device("sv2", "plug=sv2")), BOTH);
        Watch failing = ((Await) wrong.changes().stream()
                        .filter(Await.class::isInstance)
                        .findFirst()
                        .orElseThrow())
                .watch()
                .start(line -> {});
        assertThatThrownBy(() -> {
                    for (String line :
                            Recorded.text("fence-agents/fence_lab.xml").split("\n")) {
                        failing.line(line);
                    }
                })
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("fence_lab for sv2 needs ip");
        assertThat(plan.changes()).filteredOn(Command.class::isInstance).noneMatch(change -> change.summary()
                .contains("k1"));
    }

    @Test
    void removesTheFile() throws Exception {
        ClusterConfigureFencing remove = new ClusterConfigureFencing(List.of(), List.of(), true);
        remove.check(BOTH);
        Plan plan = nodes().plan(remove, BOTH);
        assertThat(planned(plan, SV1)).containsExactly("remove /etc/drbd-fencing.conf");
        assertThat(plan.notes().get(0)).contains("makes that 'freeze' when it runs next");
        invalid(new ClusterConfigureFencing(BOTH_DEVICES.devices(), List.of(), true), "not be given with remove");
    }

    @Test
    void refusesDevicesThatDoNotFitTheCluster() {
        invalid(configure(device("sv1", "plug=1")), "devices must have one device for each node, but has none for sv2");
        invalid(
                configure(device("sv1", "plug=1"), device("sv2", "plug=2"), device("sv2", "plug=3")),
                "but has 2 for sv2");
        invalid(configure(device("sv3", "plug=1")), "sv3");
        invalid(
                configure(device("sv1", "ip=10.0.0.1 verbose=1"), device("sv2", "ip=10.0.0.1")),
                "those of sv1 and sv2 are the same");
        invalid(configure(DeviceSpec.of("sv1", "/bin/sh", "", null)), "be the name of a fence agent");
    }

    @Test
    void readsParameters() {
        assertThat(DeviceParameters.parse(" ip=10.0.0.1  lanplus=1\nssh_options=\"-t -v\" name='a b' empty= x=a=b"))
                .hasToString("{ip=10.0.0.1, lanplus=1, ssh_options=-t -v, name=a b, empty=, x=a=b}");
        for (String secret : List.of("password=x", "passwd=x", "secret_key=x", "snmp_priv_passwd=x", "api_token=x")) {
            assertThatThrownBy(() -> DeviceParameters.parse("ip=1 lanplus " + secret + " \"x=x"))
                    .hasMessageContaining("lanplus")
                    .hasMessageNotContaining("=x");
            assertThatThrownBy(() -> DeviceParameters.parse("ip=1 " + secret))
                    .hasMessageContaining("use credentialsId")
                    .hasMessageNotContaining("=x");
        }
        for (String wrong :
                List.of("ip", "ip=1 lanplus", "=1", "a='x", "action=off", "ip=1 ip=2", "a=\" x\"", "a=\"b\"c")) {
            assertThatThrownBy(() -> DeviceParameters.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(InvalidParameterException.class);
        }
    }

    @Test
    void refusesALoginThatTheAgentWouldReadDifferently() {
        for (String password : List.of(" x", "x\ny", "\"x\"")) {
            DeviceSpec device = DeviceSpec.of("sv1", "fence_lab", "plug=1", new DeviceLogin("u", password));
            assertThatThrownBy(device::check)
                    .isInstanceOf(InvalidParameterException.class)
                    .hasMessageNotContaining("x'");
        }
    }
}
