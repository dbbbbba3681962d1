package io.jenkins.plugins.drbdocfs2.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Device uses, from the output of a lab node. */
class DeviceUsesTest {
    private static final MountInfo MOUNTS = MountInfo.parse(
            """
            21 1 98:0 / / rw,relatime - ext4 /dev/ubda rw
            60 21 7:0 / /mnt/x rw,relatime - ext4 /dev/loop0 rw
            """);
    private static final String NODE =
            """
            device dm-0 254:0 sys-off
            over dm-0 ubdb
            device dm-1 254:1 sys-other
            over dm-1 ubdb
            device loop0 7:0\s
            loop loop0 1048576 254:0 /dev/dm-0
            device loop1 7:1\s
            device ubda 98:0\s
            device ubdb 98:16\s
            device sda 8:0\s
            part sda1 sda
            device sda1 8:1\s
            """;

    private static DeviceUses uses(String more) {
        return DeviceUses.PROBE.parser().apply(new Reading(0, NODE + more + "end\n"));
    }

    private static List<String> of(String number, String more, String... users) {
        BlockDevice device = new BlockDevice(
                "/dev/x",
                BlockDevice.Kind.BLOCK,
                "/dev/x",
                number,
                1,
                List.of(users),
                true,
                true,
                new Blkid(Map.of()),
                List.of());
        return uses(more).of(device, MOUNTS, Set.of("drbd0"));
    }

    @Test
    void reportsAMountedLoopDeviceForTheDeviceBelow() {
        assertThat(of("254:0", "")).containsExactly("by loop0 from byte 1048576 (mounted at /mnt/x)");
    }

    @Test
    void logicalVolumesUseTheirDiskButNotEachOther() {
        assertThat(of("254:1", "")).isEmpty();
        assertThat(of("98:16", ""))
                .containsExactly("by sys-off (by loop0 from byte 1048576 (mounted at /mnt/x))", "by sys-other");
    }

    @Test
    void partitionIsInUseIfTheWholeDiskIs() {
        assertThat(of("8:1", "")).isEmpty();
        assertThat(of("8:1", "swap 8:0 /dev/sda\n")).containsExactly("through sda below it, which is in use as swap");
        assertThat(of("8:1", "device dm-5 254:5 vg-lv\nover dm-5 sda\n"))
                .containsExactly("through sda below it, which is in use by vg-lv");
        assertThat(of("8:0", "")).containsExactly("by sda1");
    }

    @Test
    void reportsEveryKindOfUse() {
        assertThat(of(
                        "7:1",
                        "swap 7:1 /dev/loop1\nexport 7:1 an NVMe target\nopen 7:1 300 qemu nbd\n"
                                + "elsewhere 7:1 301 /srv/my\\040data sh x\nbtrfs loop1 6c1d\n"))
                .containsExactly(
                        "as swap",
                        "by an NVMe target",
                        "by process 300 (qemu nbd)",
                        "mounted at /srv/my data in the mount namespace of process 301 (sh x)",
                        "as a part of the btrfs filesystem 6c1d, which is mounted");
        assertThat(of("98:0", "elsewhere 98:0 301 / sh\n")).containsExactly("mounted at /");
    }

    @Test
    void reportsAnExclusiveHolderOnlyIfNoOtherUserIsKnown() {
        assertThat(of("7:1", "", BlockDevice.EXCLUSIVE)).containsExactly("by " + BlockDevice.EXCLUSIVE);
        assertThat(of("7:1", "", BlockDevice.EXCLUSIVE, "drbd0")).isEmpty();
        assertThat(of("7:1", "", "drbd1")).containsExactly("by drbd1");
    }

    @Test
    void truncatedOutputIsUnknown() {
        assertThat(uses("").known()).isTrue();
        assertThat(DeviceUses.PROBE.parser().apply(new Reading(0, NODE)).known())
                .isFalse();
        assertThat(DeviceUses.PROBE.parser().apply(new Reading(1, "end\n")).known())
                .isFalse();
    }
}
