package io.jenkins.plugins.drbdocfs2.operation.fencing;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.Recorded;
import java.util.List;
import org.junit.jupiter.api.Test;

class FenceAgentTest {
    private static FenceAgent agent(String name) {
        return FenceAgent.parse(Recorded.text("fence-agents/" + name + ".xml"));
    }

    @Test
    void readsTheParametersOfRealAgents() {
        FenceAgent ipmilan = agent("fence_ipmilan");
        assertThat(ipmilan.fault()).isEmpty();
        assertThat(List.of("ip", "ipaddr", "lanplus", "username", "login", "power_timeout"))
                .allMatch(ipmilan::takes);
        assertThat(ipmilan.takes("lan_plus")).isFalse();
        assertThat(ipmilan.userName()).isEqualTo("username");
        assertThat(ipmilan.passwordName()).isEqualTo("password");
    }

    @Test
    void namesTheLoginAsTheAgentDoes() {
        assertThat(agent("fence_aws").userName()).isEqualTo("access_key");
        assertThat(agent("fence_aws").passwordName()).isEqualTo("secret_key");
        FenceAgent old = FenceAgent.parse("<resource-agent><parameters><parameter name='login' required='0'/>"
                + "<parameter name='passwd' required='0'/></parameters></resource-agent>");
        assertThat(old.userName()).isEqualTo("login");
        assertThat(old.passwordName()).isEqualTo("passwd");
    }

    @Test
    void namesRequiredParametersThatHaveNoDefaultByTheirPresentNames() {
        FenceAgent virsh = agent("fence_virsh");
        assertThat(virsh.missing(List.of())).containsExactly("ip", "plug", "username");
        assertThat(virsh.missing(List.of("ipaddr", "port", "login"))).isEmpty();
        assertThat(agent("fence_ipmilan").missing(List.of())).isEmpty();
        assertThat(agent("fence_lab").missing(List.of("ip"))).containsExactly("plug");
    }

    @Test
    void suggestsTheNearestNames() {
        assertThat(agent("fence_ipmilan").nearest("lan_plus")).contains("lanplus");
        assertThat(agent("fence_ipmilan").nearest("user_name").get(0)).isEqualTo("username");
        assertThat(agent("fence_ipmilan").nearest("xxxxxxxxxxxx")).isEmpty();
    }

    @Test
    void readsNoEntitiesAndNothingElseThanMetadata() {
        for (String text : List.of(
                "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><resource-agent><parameter name='&e;'/></resource-agent>",
                "",
                "fence_x: command not found",
                "<resource-agent/>")) {
            FenceAgent agent = FenceAgent.parse(text);
            assertThat(agent.fault()).as(text).isPresent();
            assertThat(agent.parameters()).isEmpty();
        }
    }
}
