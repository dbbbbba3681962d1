package io.jenkins.plugins.drbdocfs2.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageModelsTest {
    @ParameterizedTest
    @CsvSource({
        "10G, 10737418240, 10G", "128M, 134217728, 128M", "512K, 524288, 512K", "1T, 1099511627776, 1T",
        "10737418240, 10737418240, 10G", "1000b, 1000, 1000b", "1536m, 1610612736, 1536M", "1GiB, 1073741824, 1G",
        "1024, 1024, 1K", "7E, 8070450532247928832, 7E",
                "9223372036854775807, 9223372036854775807, 9223372036854775807b"
    })
    void sizesAreUnitsOf1024(String text, long bytes, String canonical) {
        assertThat(Size.parse(text).toBytes()).isEqualTo(bytes);
        assertThat(Size.parse(text)).hasToString(canonical);
        assertThat(Size.parse(Size.parse(text).toString())).isEqualTo(Size.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "10X",
                "0",
                "0G",
                "",
                " ",
                "G",
                "1.5G",
                "10GB",
                "+1G",
                "8E",
                "9223372036854775808",
                "99999999999999999999",
                "1 G",
                "1G;id",
                "١G",
                "50%FREE",
                "1e3"
            })
    void badSizesAreRefused(String text) {
        assertThatThrownBy(() -> Size.parse("size", text))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("size must be ");
        assertThatThrownBy(() -> Size.parse(null)).isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void sizesAreRoundedUpToExtents() {
        Size extent = Size.parse("4M");
        assertThat(Size.parse("30M").roundedUpTo(extent)).hasToString("32M");
        assertThat(Size.parse("32M").roundedUpTo(extent)).hasToString("32M");
        assertThat(Size.parse("30M").extents(extent)).isEqualTo(8);
        assertThat(Size.parse("32M").extents(extent)).isEqualTo(8);
        assertThat(Size.parse("1b").extents(extent)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "blank, -, -",
                "ext4, ext4, web data",
                "ext4-odd-label, ext4, 'a''b\"c\\ d,M-CM-)'",
                "ocfs2, ocfs2, ocfs2 fs",
                "ocfs2-local, ocfs2, -",
                "drbd-v08, drbd, -",
                "drbd-v09, drbd, -",
                "drbd-over-ext4, drbd, -",
                "swap, swap, sw",
                "lvm, LVM2_member, -",
                "dos, -, -"
            })
    void blkidIsRead(String recorded, String type, String label) {
        Blkid blkid = Blkid.parse(Recorded.text("blkid/" + recorded + ".txt"));
        assertThat(blkid.type()).isEqualTo(type);
        assertThat(blkid.label()).isEqualTo(label);
        assertThat(blkid.isEmpty()).isEqualTo(recorded.equals("blank"));
    }

    @Test
    void partitionTableIsNotNothing() {
        assertThat(Blkid.parse(Recorded.text("blkid/dos.txt")).values()).containsEntry("PTTYPE", "dos");
    }

    @Test
    void wipefsSeesWhatDrbdHidesFromBlkid() {
        Wipefs wipefs = Wipefs.parse(Recorded.text("wipefs/drbd-over-ext4.json"));
        assertThat(wipefs.types()).containsExactly("drbd", "ext4");
        assertThat(wipefs.signatures().get(1).label()).isEqualTo("web data");
        assertThat(wipefs.signatures().get(1).offset()).isEqualTo(0x438);
    }

    @ParameterizedTest
    @CsvSource({
        "ext4, ext4",
        "ext4-odd-label, ext4",
        "ocfs2, ocfs2",
        "drbd-v08, drbd",
        "drbd-v09, drbd",
        "swap, swap",
        "lvm, LVM2_member",
        "dos, dos"
    })
    void wipefsIsRead(String recorded, String type) {
        String json = Recorded.text("wipefs/" + recorded + ".json");
        assertThat(Wipefs.parse(json).types()).containsExactly(type);
        Recorded.cuts(json.strip())
                .filter(cut -> !cut.isBlank())
                .forEach(cut -> assertThatThrownBy(() -> Wipefs.parse(cut)).isInstanceOf(TextFormatException.class));
    }

    @Test
    void nothingFoundByWipefsIsEmpty() {
        assertThat(Wipefs.parse(Recorded.text("wipefs/blank.json")).isEmpty()).isTrue();
        assertThat(Wipefs.parse("").isEmpty()).isTrue();
        assertThatThrownBy(() -> Wipefs.parse("{}")).isInstanceOf(TextFormatException.class);
        assertThatThrownBy(() -> Wipefs.parse("{\"signatures\":[{}]}")).isInstanceOf(TextFormatException.class);
    }

    @Test
    void labelsOfWipefsAreWhole() {
        assertThat(Wipefs.parse(Recorded.text("wipefs/ext4-odd-label.json"))
                        .signatures()
                        .get(0)
                        .label())
                .isEqualTo("a'b\"c\\ d,é");
    }

    @Test
    void mountsAreRead() {
        MountInfo mounts = MountInfo.parse(Recorded.text("proc/mountinfo.txt"));
        assertThat(mounts.mounts()).hasSize(4);
        assertThat(mounts.at("/srv/a b").orElseThrow().source()).isEqualTo("with space");
        assertThat(mounts.at("/srv/a b").orElseThrow().device()).isEqualTo("0:40");
        assertThat(mounts.ofDevice("0:41"))
                .extracting(MountInfo.Mount::mountPoint)
                .containsExactly("/mnt", "/srv");
        assertThat(mounts.ofSource("tmpfs")).hasSize(1);
        assertThat(mounts.at("/nowhere")).isEmpty();
    }

    @Test
    void cutOffMountsAreRefusedOrWhole() {
        String text = "22 1 147:0 / /mnt rw,relatime shared:1 - ocfs2 /dev/drbd0 rw,_netdev";
        MountInfo.Mount whole = MountInfo.parse(text).at("/mnt").orElseThrow();
        Recorded.onEachCut(text, TextFormatException.class, cut -> MountInfo.parse(cut)
                .at("/mnt")
                .ifPresent(mount -> {
                    assertThat(mount.source()).isEqualTo(whole.source());
                    assertThat(mount.type()).isEqualTo(whole.type());
                }));
    }

    private static final String FSTAB =
            """
            # <file system>\t<mount point>
            UUID=1234 / ext4 errors=remount-ro 0 1

            /dev/drbd0\t/mnt/a\\040b   ocfs2 _netdev,noauto 0 0
            garbage
            tmpfs /tmp tmpfs
            """;

    @Test
    void fstabIsRead() {
        Fstab fstab = new Fstab(FSTAB);
        assertThat(fstab.entries()).hasSize(3);
        assertThat(fstab.at("/mnt/a b")).contains(new FstabEntry("/dev/drbd0", "/mnt/a b", "ocfs2", "_netdev,noauto"));
        assertThat(fstab.at("/").orElseThrow().pass()).isEqualTo(1);
        assertThat(fstab.of("tmpfs")).containsExactly(new FstabEntry("tmpfs", "/tmp", "tmpfs", "defaults"));
    }

    @Test
    void fstabKeepsAllElseToTheLetter() {
        Fstab fstab = new Fstab(FSTAB);
        FstabEntry same = fstab.at("/mnt/a b").orElseThrow();
        FstabEntry other = new FstabEntry("/dev/drbd1", "/mnt/a b", "ocfs2", "_netdev");
        FstabEntry added = new FstabEntry("/dev/drbd2", "/mnt/tab\there\\#", "xfs", "defaults");
        assertThat(fstab.with(same)).isEqualTo(fstab);
        assertThat(fstab.with(other).text())
                .isEqualTo(FSTAB.replace(
                        "/dev/drbd0\t/mnt/a\\040b   ocfs2 _netdev,noauto 0 0",
                        "/dev/drbd1 /mnt/a\\040b ocfs2 _netdev 0 0"));
        assertThat(fstab.with(added).text()).isEqualTo(FSTAB + "/dev/drbd2 /mnt/tab\\011here\\134# xfs defaults 0 0\n");
        assertThat(fstab.with(added).at(added.mountPoint())).contains(added);
        assertThat(fstab.with(added).without(added.mountPoint())).isEqualTo(fstab);
        assertThat(fstab.without("/mnt/a b").text()).doesNotContain("drbd0").contains("garbage\n");
    }

    @Test
    void fstabWithoutLastLineEndGetsOne() {
        FstabEntry entry = new FstabEntry("/dev/drbd0", "/mnt", "ocfs2", "_netdev");
        assertThat(new Fstab("a /a ext4").with(entry).text())
                .isEqualTo("a /a ext4\n/dev/drbd0 /mnt ocfs2 _netdev 0 0\n");
        assertThat(new Fstab("").with(entry).text()).isEqualTo("/dev/drbd0 /mnt ocfs2 _netdev 0 0\n");
        assertThat(new Fstab("b /mnt xfs\r\nc /mnt xfs").with(entry).text())
                .isEqualTo("/dev/drbd0 /mnt ocfs2 _netdev 0 0\r\n");
    }

    @Test
    void lvmIsRead() {
        assertThat(Lvm.volumeGroups(Recorded.text("lvm/vgs.txt")))
                .containsExactly(new VolumeGroup("sys", 411041792, 272629760, 4194304, "wz--n-"));
        assertThat(Lvm.logicalVolumes(Recorded.text("lvm/lvs.txt")))
                .containsExactly(
                        new LogicalVolume("sys", "drbd0", 104857600, "-wi-XX----"),
                        new LogicalVolume("sys", "drbd0_meta", 33554432, "-wi-XX----"));
        assertThat(Lvm.physicalVolumes(Recorded.text("lvm/pvs.txt")))
                .containsExactly(
                        new PhysicalVolume("/dev/loop0", "sys", 205520896, "a--"),
                        new PhysicalVolume("/dev/loop1", "sys", 205520896, "a--"),
                        new PhysicalVolume("/dev/loop2", null, 209715200, "---"));
        assertThat(new LogicalVolume("sys", "drbd0", 1, "-wi-ao----").isOpen()).isTrue();
        assertThat(new LogicalVolume("sys", "drbd0", 1, "-wi-a-----").isOpen()).isFalse();
        assertThat(new LogicalVolume("sys", "drbd0", 1, "-wi-a-----").path()).isEqualTo("/dev/sys/drbd0");
        assertThat(Lvm.volumeGroups("")).isEmpty();
    }

    @Test
    void cutOffLvmIsRefusedOrHasWholeLines() {
        String text = Recorded.text("lvm/lvs.txt");
        List<LogicalVolume> whole = Lvm.logicalVolumes(text);
        Recorded.onEachCut(
                text, TextFormatException.class, cut -> assertThat(whole).containsAll(Lvm.logicalVolumes(cut)));
        Recorded.onEachCut(Recorded.text("lvm/vgs.txt"), TextFormatException.class, Lvm::volumeGroups);
        Recorded.onEachCut(Recorded.text("lvm/pvs.txt"), TextFormatException.class, Lvm::physicalVolumes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"drbd0", "+a", ".x", "_y", "a-b", "a_edata", "x.y+z"})
    void namesThatLvcreateTakesAreTaken(String name) {
        assertThat(LvmNames.volume("name", name)).isEqualTo(name);
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
    void namesThatLvcreateRefusesAreRefused(String name) {
        assertThatThrownBy(() -> LvmNames.volume("name", name)).isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void lvmNamesHaveALimitTogether() {
        assertThatCode(() -> LvmNames.both("name", "sys", "n".repeat(121))).doesNotThrowAnyException();
        assertThatThrownBy(() -> LvmNames.both("name", "sys", "n".repeat(122)))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> LvmNames.both("name", "sys", "n-".repeat(42)))
                .isInstanceOf(InvalidParameterException.class);
        assertThat(LvmNames.group("group", "snapshot")).isEqualTo("snapshot");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/sdb", "/dev/sys/drbd0", "/dev/disk/by-id/wwn-0x5:1+2@3,4=5", "/dev/drbd0"})
    void goodDevicesAreTaken(String path) {
        assertThat(DeviceName.check("device", path)).isEqualTo(path);
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
    void badDevicesAreRefused(String path) {
        assertThatThrownBy(() -> DeviceName.check("device", path)).isInstanceOf(InvalidParameterException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/mnt", "/mnt/drbd0", "/srv/data", "/var/www", "/var/lib/mysql", "/data with space", "/home/x"})
    void goodMountPointsAreTaken(String path) {
        assertThat(MountPoint.check("mountPoint", path)).isEqualTo(path);
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
    void badMountPointsAreRefused(String path) {
        assertThatThrownBy(() -> MountPoint.check("mountPoint", path)).isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void listeningPortsAreRead() {
        ListeningPorts ports = ListeningPorts.parse(Recorded.text("proc/net-tcp.txt"));
        assertThat(ports.listeners())
                .containsExactly(
                        new ListeningPorts.Listener("127.0.0.1", 7789),
                        new ListeningPorts.Listener("0:0:0:0:0:0:0:1", 7777),
                        new ListeningPorts.Listener("0:0:0:0:0:0:0:0", 7790));
        assertThat(ports.has(7789)).isTrue();
        assertThat(ports.has(50862)).isFalse();
        assertThat(ports.has("10.0.0.1", 7789)).isFalse();
        assertThat(ports.has("127.0.0.1", 7789)).isTrue();
        assertThat(ports.has("10.0.0.1", 7790)).isTrue();
        Recorded.onEachCut(Recorded.text("proc/net-tcp.txt"), TextFormatException.class, ListeningPorts::parse);
    }
}
