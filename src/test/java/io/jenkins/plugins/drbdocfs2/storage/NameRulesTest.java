package io.jenkins.plugins.drbdocfs2.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameRulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"drbd0", "+a", ".x", "_y", "a-b", "a_edata", "x.y+z"})
    void acceptsNamesThatLvcreateAccepts(String name) {
        assertThat(LvmNameRules.volume("name", name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-z",
                ".",
                "..",
                "a|b",
                "x@y",
                "a b",
                "a/b",
                "snapshot",
                "snapshotx",
                "pvmove0",
                "x_mlogy",
                "a_vdata",
                "a_rmeta",
                "lvol0_pmspare",
                "a_iorig",
                "a_imeta",
                "x_mimagetmp",
                "$(id)",
                "ü"
            })
    void refusesNamesThatLvcreateRefuses(String name) {
        assertThatThrownBy(() -> LvmNameRules.volume("name", name)).isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void limitsTheTotalLengthOfGroupAndVolume() {
        assertThatCode(() -> LvmNameRules.both("name", "sys", "n".repeat(121))).doesNotThrowAnyException();
        assertThatThrownBy(() -> LvmNameRules.both("name", "sys", "n".repeat(122)))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> LvmNameRules.both("name", "sys", "n-".repeat(42)))
                .isInstanceOf(InvalidParameterException.class);
        assertThat(LvmNameRules.group("group", "snapshot")).isEqualTo("snapshot");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/sdb", "/dev/sys/drbd0", "/dev/disk/by-id/wwn-0x5:1+2@3,4=5", "/dev/drbd0"})
    void acceptsValidDevices(String path) {
        assertThat(DevicePathRules.check("device", path)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sdb",
                "/dev",
                "/dev/",
                "/dev/../etc/passwd",
                "/dev/./sdb",
                "/dev//sdb",
                "/dev/sdb/",
                "/etc/passwd",
                "/dev/a b",
                "/dev/a'b",
                "/dev/a\"b",
                "/dev/a\nb",
                "/dev/$(id)",
                "/dev/a;b"
            })
    void refusesInvalidDevices(String path) {
        assertThatThrownBy(() -> DevicePathRules.check("device", path)).isInstanceOf(InvalidParameterException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/mnt", "/mnt/drbd0", "/srv/data", "/var/www", "/var/lib/mysql", "/data with space", "/home/x"})
    void acceptsValidMountPoints(String path) {
        assertThat(MountPointRules.check("mountPoint", path)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mnt",
                "/",
                "//",
                "/mnt/",
                "/mnt/../etc",
                "/etc",
                "/etc/x",
                "/usr/local",
                "/proc/1",
                "/dev/shm",
                "/boot",
                "/srv",
                "/var",
                "/var/lib",
                "/home",
                "/tmp",
                "/root",
                "/a\nb",
                "/a'b",
                "/a$b",
                "/a`b",
                "/a\\b"
            })
    void refusesInvalidMountPoints(String path) {
        assertThatThrownBy(() -> MountPointRules.check("mountPoint", path))
                .isInstanceOf(InvalidParameterException.class);
    }
}
