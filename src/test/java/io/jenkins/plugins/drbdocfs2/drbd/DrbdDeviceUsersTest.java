package io.jenkins.plugins.drbdocfs2.drbd;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdDeviceUsers.Kind;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrbdDeviceUsersTest {
    @Test
    void readsUsersByDeviceAndKind() {
        DrbdDeviceUsers use = DrbdDeviceUsers.parse(
                new Reading(
                        0,
                        """
                holder 0 vg1-lv
                process 0 process 12 (my prog) x)
                files 0 process 13 (bash)
                holder 1 swap
                """));
        assertThat(use.of(0, List.of(Kind.HOLDER, Kind.PROCESS))).containsExactly("vg1-lv", "process 12 (my prog) x)");
        assertThat(use.of(0, List.of(Kind.FILES))).containsExactly("process 13 (bash)");
        assertThat(use.of(1, List.of(Kind.HOLDER))).containsExactly("swap");
        assertThat(use.of(2, List.of(Kind.HOLDER))).isEmpty();
    }

    @Test
    void usersAreUnknownIfTheScriptFails() {
        assertThat(DrbdDeviceUsers.parse(new Reading(4, "")).known()).isFalse();
    }

    @Test
    void ignoresUnreadableLines() {
        assertThat(DrbdDeviceUsers.parse(new Reading(3, ""))).isEqualTo(DrbdDeviceUsers.NONE);
        assertThat(DrbdDeviceUsers.parse(new Reading(0, "holder x vg\nholder 1\nsomething else\n")))
                .isEqualTo(DrbdDeviceUsers.NONE);
    }
}
