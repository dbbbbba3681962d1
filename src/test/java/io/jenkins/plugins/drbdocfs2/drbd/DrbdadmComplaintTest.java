package io.jenkins.plugins.drbdocfs2.drbd;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Output of {@code drbdadm -d adjust}, also for files that it cannot compare with the kernel. */
class DrbdadmComplaintTest {
    private static ConfiguredResource adjust(String drbd) throws Exception {
        String script = "r=r0; t=/tmp/k; conf=\nprefixed() { printf '%s %s\\n' \"$1\" \"$2\"; }\ndrbdadm() { " + drbd
                + "; }\n" + ConfiguredResource.ADJUST.replace("/sys/module/drbd", "/");
        Process sh = new ProcessBuilder("sh", "-c", script).start();
        String out = new String(sh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return ConfiguredResource.parse(new Reading(0, out));
    }

    @Test
    void keepsErrorAndExitCodeWithTheNamesOfTheRealFiles() throws Exception {
        ConfiguredResource read = adjust("echo half; echo '/tmp/k/drbd.d/r0.res:3: no such option' >&2; return 10");
        assertThat(read.adjustKnown()).isFalse();
        assertThat(read.adjust()).isEmpty();
        assertThat(read.adjustError()).isEqualTo("/etc/drbd.d/r0.res:3: no such option (exit code 10)");
    }

    @Test
    void keepsTheCommandsThatAdjustWouldRun() throws Exception {
        ConfiguredResource read = adjust("echo 'drbdsetup net-options'");
        assertThat(read.adjustKnown()).isTrue();
        assertThat(read.adjust()).containsExactly("drbdsetup net-options");
        assertThat(read.adjustError()).isEmpty();
    }
}
