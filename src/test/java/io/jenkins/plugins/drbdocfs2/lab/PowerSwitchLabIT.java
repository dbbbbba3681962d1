package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The power of the lab's nodes: the power switch, its fence agent, and resets. Each test continues after the previous one. */
@TestMethodOrder(OrderAnnotation.class)
class PowerSwitchLabIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @AutoClose
    private static Lab lab;

    @BeforeAll
    static void up() {
        lab = Lab.up("sv1", "sv2");
    }

    @AfterEach
    void repairSwitch() {
        lab.lab("switch", "normal");
    }

    /** Runs the agent on sv1 for sv2, with additional lines on its standard input. */
    private static ProgramResult fence(String... lines) {
        List<String> input = new ArrayList<>(List.of("ip=10.99.0.254", "plug=sv2", "password=" + lab.switchKey(2)));
        input.addAll(List.of(lines));
        return lab.start("ssh", "1", "fence_lab << 'END'\n" + String.join("\n", input) + "\nEND")
                .killAfter(PATIENCE)
                .await();
    }

    private static String power(int number) {
        return lab.lab("power", "status", String.valueOf(number)).strip();
    }

    private static String bootId() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        ProgramResult id = null;
        while (System.nanoTime() < deadline) {
            id = lab.start("ssh", "2", "cat /proc/sys/kernel/random/boot_id").await();
            if (id.exitCode() == 0) {
                return id.output();
            }
            pause();
        }
        throw new AssertionError("sv2 does not answer: " + id);
    }

    /** Resets sv2 like o2cb, just after the login has ended. */
    private static void reset() {
        lab.ssh(2, "(sleep 0.2; echo b > /proc/sysrq-trigger) > /dev/null 2>&1 < /dev/null &");
    }

    private static void awaitOff() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!power(2).equals("off")) {
            assertThat(System.nanoTime()).as("sv2 stays on").isLessThan(deadline);
            pause();
        }
    }

    private static void awaitResets(int count) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (lab.resets(2) < count) {
            assertThat(System.nanoTime()).as("sv2 is not reset").isLessThan(deadline);
            pause();
        }
        assertThat(lab.resets(2)).isEqualTo(count);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> names(Document document, String tag) {
        NodeList elements = document.getElementsByTagName(tag);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < elements.getLength(); i++) {
            names.add(((Element) elements.item(i)).getAttribute("name"));
        }
        return names;
    }

    @Test
    @Order(1)
    void metadataListsOptionsAndActions() throws Exception {
        Document metadata = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(lab.ssh(1, "fence_lab --action=metadata"))));
        assertThat(metadata.getDocumentElement().getTagName()).isEqualTo("resource-agent");
        assertThat(names(metadata, "parameter"))
                .contains("action", "ip", "ipport", "plug", "password", "power_timeout", "login_timeout")
                .contains("ipaddr", "port", "passwd");
        assertThat(names(metadata, "action"))
                .contains("on", "off", "reboot", "status", "monitor", "list", "metadata", "validate-all");
    }

    @Test
    @Order(2)
    void agentReportsTheStateOfANode() {
        assertThat(fence("action=STATUS", "# a comment", "")).isEqualTo(new ProgramResult(0, "Status: ON\n"));
        ProgramResult status = fence("action=status", "no_such_option=1", "nodename=sv1");
        assertThat(status.exitCode()).isZero();
        assertThat(status.output()).contains("no_such_option").endsWith("\nStatus: ON\n");
        assertThat(fence("action=monitor")).isEqualTo(new ProgramResult(0, ""));
        assertThat(fence("action=list")).isEqualTo(new ProgramResult(0, "sv2,\n"));
        assertThat(fence("action=validate-all").exitCode()).isZero();
        assertThat(fence("action=validate-all", "plug=").exitCode()).isEqualTo(1);
        assertThat(lab.ssh(1, "fence_lab -o status --ip 10.99.0.254 --plug=sv1 -p " + lab.switchKey(1)))
                .isEqualTo("Status: ON\n");
    }

    @Test
    @Order(3)
    void keySwitchesOnlyItsOwnNode() {
        for (String key : List.of("wrong", lab.switchKey(1))) {
            ProgramResult off = fence("action=off", "password=" + key);
            assertThat(off.exitCode()).isEqualTo(1);
            assertThat(off.output()).contains("login failed");
        }
        ProgramResult monitor = fence("action=monitor", "password=wrong");
        assertThat(monitor.exitCode()).isEqualTo(1);
        assertThat(monitor.output()).contains("login failed");
        assertThat(power(2)).isEqualTo("on");
    }

    @Test
    @Order(4)
    void agentDoesNotTrustAFaultySwitch() {
        String boot = bootId();
        lab.lab("switch", "lie");
        ProgramResult lie = fence("action=off", "power_timeout=2");
        assertThat(lie.exitCode()).isEqualTo(1);
        assertThat(lie.output()).contains("Timed out waiting to power OFF");

        for (String mode : List.of("hang", "unreachable")) {
            lab.lab("switch", mode);
            assertThat(lab.lab("status")).contains("power switch: 10.99.0.254, port 7000, " + mode);
            long begin = System.nanoTime();
            ProgramResult monitor = fence("action=monitor", "login_timeout=1");
            assertThat(monitor.exitCode()).as(mode).isEqualTo(1);
            assertThat(monitor.output()).as(mode).containsPattern("timed out|timeout");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
        }

        lab.lab("switch", "fail", "2");
        assertThat(fence("action=off").exitCode()).isEqualTo(1);
        assertThat(fence("action=status").exitCode()).isEqualTo(1);
        assertThat(fence("action=status").exitCode()).isZero();
        assertThat(bootId()).isEqualTo(boot);
    }

    @Test
    @Order(5)
    void nodeThatIsOffHasNoProcessAndBootsWhenSwitchedOn() {
        String boot = bootId();
        assertThat(fence("action=off").exitCode()).isZero();
        assertThat(power(2)).isEqualTo("off");
        assertThat(lab.lab("status")).containsPattern("sv2 .* off ");
        assertThat(fence("action=status")).isEqualTo(new ProgramResult(2, "Status: OFF\n"));
        assertThat(fence("action=on").exitCode()).isZero();
        assertThat(fence("action=on")).isEqualTo(new ProgramResult(0, "Success: Already ON\n"));
        assertThat(fence("action=reboot")).isEqualTo(new ProgramResult(0, "Success: Rebooted\n"));
        assertThat(bootId()).isNotEqualTo(boot);
        assertThat(lab.resets(2)).isZero();
        assertThat(Lab.read(lab.file("switch/log").toString())).contains(" 10.99.0.1 off sv2: off\n");
    }

    @Test
    @Order(6)
    void nodeBootsAgainAfterAReset() {
        String boot = bootId();
        reset();
        awaitResets(1);
        assertThat(bootId()).isNotEqualTo(boot);
        assertThat(lab.lab("status")).containsPattern("sv2 .* running +1, last [0-9:]+ +connected");
    }

    @Test
    @Order(7)
    void nodeStaysOffAfterAPoweroffAndAfterAResetIfRestartIsNo() {
        lab.ssh(2, "systemctl --no-block poweroff");
        awaitOff();
        assertThat(lab.resets(2)).isEqualTo(1);
        lab.with("LAB_RESTART", "no").lab("start", "2");
        reset();
        awaitOff();
        assertThat(lab.resets(2)).isEqualTo(2);
    }
}
