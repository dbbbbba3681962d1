package io.jenkins.plugins.drbdocfs2.hostile;

import static io.jenkins.plugins.drbdocfs2.Recorded.documented;
import static io.jenkins.plugins.drbdocfs2.Recorded.drbd9;
import static io.jenkins.plugins.drbdocfs2.Recorded.text;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.check.SharedSecretMask;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdDeviceUsers;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.RunningOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdVersion;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText;
import io.jenkins.plugins.drbdocfs2.drbd.manager.ResourceManagers;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.MetadataArea;
import io.jenkins.plugins.drbdocfs2.drbd.status.Events2;
import io.jenkins.plugins.drbdocfs2.drbd.status.ProcDrbd;
import io.jenkins.plugins.drbdocfs2.drbd.status.StatusJson;
import io.jenkins.plugins.drbdocfs2.engine.Mask;
import io.jenkins.plugins.drbdocfs2.facts.NetworkProbes;
import io.jenkins.plugins.drbdocfs2.facts.NodeIdentity;
import io.jenkins.plugins.drbdocfs2.facts.OsRelease;
import io.jenkins.plugins.drbdocfs2.facts.PackageProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.ocfs2.ClusterConf;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbDefaults;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbState;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbTimeouts;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Volume;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import io.jenkins.plugins.drbdocfs2.remote.ssh.LoginKeys;
import io.jenkins.plugins.drbdocfs2.result.Diff;
import io.jenkins.plugins.drbdocfs2.runner.UsageException;
import io.jenkins.plugins.drbdocfs2.runner.credentials.CredentialsFile;
import io.jenkins.plugins.drbdocfs2.storage.Blkid;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DeviceSize;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.FstabEntry;
import io.jenkins.plugins.drbdocfs2.storage.ListeningPorts;
import io.jenkins.plugins.drbdocfs2.storage.LvmReports;
import io.jenkins.plugins.drbdocfs2.storage.MountDirectory;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.Size;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All parsers of the output of nodes, of files, and of text from users. */
final class Parsers {
    static final String BLOCK =
            "block\nreal /dev/dm-0\nnumber 254:0\nbytes 21474836480\nuser sys-x\nreadable\nzero begin\nzero end\nzero inside\n"
                    + "wipefs 0x438,6c1d4a34-25bc-4d4e-9d73-3a6d3b9d0c9e,www,ext4\nblkid\nTYPE=ext4\nUSAGE=filesystem\n"
                    + "LABEL=www\nUUID=6c1d4a34-25bc-4d4e-9d73-3a6d3b9d0c9e\n";
    static final String LVM = text("lvm/vgs.txt") + "=\n" + text("lvm/lvs.txt") + "=\n" + text("lvm/pvs.txt")
            + "=\n/dev/loop0|/dev/loop0\n/dev/disk/by-id/x|/dev/loop1\n";
    static final String KNOWN_HOSTS = "# nodes\nsv1,10.0.0.1 ssh-ed25519"
            + " AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl a comment\n"
            + "[sv2]:2202 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJnlHR1Z2vJx0X2kzQ8Jm0u2o2y5b0kEYV4Q1y5G0q7f\n"
            + "*.example.org,!bad.example.org ssh-ed25519"
            + " AAAAC3NzaC1lZDI1NTE5AAAAIJnlHR1Z2vJx0X2kzQ8Jm0u2o2y5b0kEYV4Q1y5G0q7f\n"
            + "|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= ssh-ed25519"
            + " AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\n"
            + "@revoked * ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\n";
    static final String FSTAB = "# /etc/fstab\nUUID=6c1d4a34 / ext4 errors=remount-ro 0 1\n"
            + "/dev/drbd0\t/srv/my\\040data ocfs2 _netdev,nofail,x-systemd.requires=drbd.service 0 0\n"
            + "/dev/sdb2 none swap sw\n";
    static final String RES =
            "resource r0 {\n  options { quorum majority; }\n  net { protocol C; shared-secret \"se;cret\";"
                    + " }\n  on sv1 {\n    address 10.0.0.1:7789;\n    volume 0 {\n      device /dev/drbd0 minor 0;\n"
                    + "      disk /dev/sys/drbd0;\n      meta-disk /dev/sys/m[0];\n    }\n  }\n  on sv2 {\n    node-id 1;\n"
                    + "    address ipv6 [fd00::2]:7789;\n    volume 0 {\n      device /dev/drbd0 minor 0;\n"
                    + "      disk /dev/sys/drbd0;\n      meta-disk internal;\n    }\n  }\n}\n";

    private Parsers() {}

    static List<Parser> all() {
        return Stream.of(drbd(), ocfs2(), storage(), facts(), others())
                .flatMap(Collection::stream)
                .toList();
    }

    static List<Parser> drbd() {
        String state = text("life84/primary-mounted/sv1-state.txt");
        String configured = text("life84/split/sv1-configured.txt");
        String use = "holder 0 sys-x\nprocess 0 process 12 (sleep)\nfiles 0 process 13 (sh)\n"
                + "elsewhere 1 a mount at /x of process 14 (sh)\n";
        return List.of(
                Parser.of(DrbdProbes.STATE, state),
                Parser.of(DrbdProbes.VERSION, text("drbd84/version.txt"), text("drbdadm/version-9.1.0.txt")),
                Parser.of(DrbdProbes.configured("r0"), configured, text("life84/primary-mounted/sv1-configured.txt")),
                Parser.of(
                        DrbdProbes.candidate("r0", "/etc/drbd.d/r0.res", RES),
                        "check the new text:3: Parse error...\nchecked 10\n" + configured,
                        "checked 0\n" + configured),
                Parser.of(DrbdDevices.PROBE, text("drbdadm/devices-8.4.txt"), text("drbdadm/devices-9.txt")),
                Parser.of(DrbdDeviceUsers.PROBE, use),
                Parser.of(ResourceManagers.PROBE, managers()),
                Parser.of(
                        MetadataArea.probe("r0"),
                        text("life84/areas-internal.txt"),
                        text("life84/areas-flex-external.txt")),
                Parser.of(RunningOptions.probe("r0"), "verify-alg sha1\nsize 8192s\n"),
                Parser.of(
                        "Events2.parse",
                        TextFormatException.class,
                        Events2::parse,
                        state,
                        text("drbd84/events2-two-resources.txt"),
                        drbd9("syncing-midway/sv1/events2-now-statistics.txt"),
                        "2026-01-02T03:04:05.6+00:00 exists resource name:r0 role:Primary\n"
                                + "rename resource name:r0 new_name:r1\ndestroy resource name:r1\nexists -\n"),
                Parser.of(
                        "StatusJson.parse",
                        TextFormatException.class,
                        StatusJson::parse,
                        drbd9("syncing-midway/sv1/drbdsetup-status-json.txt")),
                Parser.of(
                        "ProcDrbd.parse",
                        null,
                        ProcDrbd::parse,
                        text("drbd84/proc-dual-primary.txt"),
                        documented("drbd8/proc-8.3.txt"),
                        documented("drbd8/proc-8.4-sync.txt")),
                Parser.of(
                        "GenerationIds.parse",
                        TextFormatException.class,
                        GenerationIds::parse,
                        text("drbdmeta/get-gi-v09-used.txt"),
                        text("drbdmeta/show-gi-v08-used.txt")),
                Parser.of("GenerationIds.parseAll", null, GenerationIds::parseAll, text("drbd84/get-gi-up.txt")),
                Parser.of(
                        "DrbdVersion.parse", TextFormatException.class, DrbdVersion::parse, text("drbd84/version.txt")),
                Parser.of("ConfigText.parse", TextFormatException.class, ConfigText::parse, RES),
                Parser.of(
                        "SharedSecretMask.apply",
                        null,
                        SharedSecretMask::apply,
                        RES,
                        "--shared-secret=\"a\\\"b\" shared-secret 'x'"),
                Parser.of("ResourceText.parse", TextFormatException.class, ResourceText::parse, RES),
                Parser.of(
                        "Options.parse",
                        InvalidParameterException.class,
                        ResourceOptions::parse,
                        "net { after-sb-0pri discard-zero-changes; allow-two-primaries yes; }\n"
                                + "handlers { split-brain \"/usr/lib/drbd/notify.sh root\"; }\ndisk { c-max-rate 100M; }"));
    }

    private static String managers() {
        return "linstor /var/lib/linstor.d/r0.res\n r0\ndrbd-reactor /etc/drbd-reactor.d/r0.toml\n [[promoter]]\n"
                + " [promoter.resources.r0]\n start = [ \"a.mount\" ]\npacemaker cibadmin\n"
                + text("pacemaker/resources.xml")
                        .lines()
                        .map(line -> " " + line + "\n")
                        .collect(Collectors.joining())
                + "drbd-reactor /etc/drbd-reactor.toml\nfailed sed: Input/output error\n";
    }

    static List<Parser> ocfs2() {
        return List.of(
                Parser.of(Ocfs2Probes.STATE, text("ocfs2/o2cb-state.txt")),
                Parser.of(Ocfs2Probes.volume("/dev/drbd0"), text("ocfs2/volume-mounted.txt")),
                Parser.of(Ocfs2Probes.DEVICES, "/dev/drbd0\n/dev/sdb\n"),
                Parser.of(Ocfs2Probes.DEFAULTS_PATH, "/etc/default/o2cb\n"),
                Parser.of("O2cbState.parse", TextFormatException.class, O2cbState::parse, text("ocfs2/o2cb-state.txt")),
                Parser.of("Ocfs2Volume.parse", null, Ocfs2Volume::parse, text("ocfs2/volume-mounted.txt")),
                Parser.of(
                        "ClusterConf.parseAll",
                        TextFormatException.class,
                        ClusterConf::parseAll,
                        text("o2cb/cluster-two.conf"),
                        text("o2cb/cluster-global.conf")),
                Parser.of(
                        "ClusterConf.parse",
                        TextFormatException.class,
                        ClusterConf::parse,
                        text("o2cb/cluster-local.conf")),
                Parser.of(
                        "O2cbDefaults",
                        null,
                        file -> O2cbTimeouts.of(new O2cbDefaults(file)).toString()
                                + new O2cbDefaults(file).withValues(Map.of(O2cbDefaults.ENABLED, "true")),
                        text("o2cb/default.txt")));
    }

    static List<Parser> storage() {
        FstabEntry entry = new FstabEntry("/dev/drbd0", "/srv/my data", "ocfs2", "_netdev", 0, 0);
        return List.of(
                Parser.of(BlockDevice.probe("/dev/sdb"), BLOCK),
                Parser.of(StorageProbes.LVM, LVM),
                Parser.of(StorageProbes.MOUNTS, text("proc/mountinfo.txt"), text("life84/split/sv1-mounts.txt")),
                Parser.of(StorageProbes.PORTS, text("proc/net-tcp.txt")),
                Parser.of(MountDirectory.probe("/srv/x"), "directory\n3\n=\n/srv/x\n"),
                Parser.of(DeviceSize.probe("/dev/sdb"), "21474836480\n"),
                Parser.of("Blkid.parse", null, Blkid::parse, text("blkid/ext4-odd-label.txt"), text("blkid/ocfs2.txt")),
                Parser.of(
                        "MountInfo.parse",
                        TextFormatException.class,
                        MountInfo::parse,
                        text("proc/mountinfo-ocfs2.txt")),
                Parser.of(
                        "ListeningPorts.parse",
                        TextFormatException.class,
                        ListeningPorts::parse,
                        text("proc/net-tcp.txt")),
                Parser.of("Lvm.volumeGroups", TextFormatException.class, LvmReports::volumeGroups, text("lvm/vgs.txt")),
                Parser.of(
                        "Lvm.logicalVolumes",
                        TextFormatException.class,
                        LvmReports::logicalVolumes,
                        text("lvm/lvs-active.txt")),
                Parser.of(
                        "Lvm.physicalVolumes",
                        TextFormatException.class,
                        LvmReports::physicalVolumes,
                        text("lvm/pvs.txt")),
                Parser.of("Size.parse", InvalidParameterException.class, Size::parse, "10G", "128MiB", "512"),
                Parser.of(
                        "Fstab",
                        null,
                        file -> {
                            Fstab fstab = new Fstab(file);
                            List<Fstab.Line> lines = fstab.linesAt(Set.of("/srv/x"));
                            return fstab.with(entry, lines).without(lines).entries();
                        },
                        FSTAB));
    }

    static List<Parser> facts() {
        return List.of(
                Parser.of(NodeIdentity.PROBE, "sv1\n0\n6.1.0-40-amd64\n"),
                Parser.of(
                        OsRelease.PROBE,
                        "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\nID_LIKE='a b'\nVERSION_ID=\"12\"\n"),
                Parser.of(PackageProbes.MANAGER, "apt\n"),
                Parser.of(
                        PackageProbes.installed(Set.of("drbd-utils")),
                        "installed drbd-utils 9.22.0-1\ninstalled kmod 30\n"),
                Parser.of(PackageProbes.known(Set.of("drbd-utils")), "drbd-utils\n"),
                Parser.of(PackageProbes.MODULES_AT_BOOT, "drbd\nocfs2\n"),
                Parser.of(PackageProbes.moduleVersion("drbd"), "8.4.11\n"),
                Parser.of(SystemProbes.file("/etc/x"), "644\ndGV4dAptb3JlCg==\n"),
                Parser.of(SystemProbes.tools("drbdadm"), "drbdadm\n"),
                Parser.of(SystemProbes.module("drbd"), "loaded\n"),
                Parser.of(SystemProbes.service("drbd"), "enabled\n=\nactive\n"),
                Parser.of(SystemProbes.sysctl("kernel.panic"), "30\n"),
                Parser.of(
                        SystemProbes.SYSCTL_AT_BOOT,
                        "# /etc/sysctl.conf\nkernel.panic = 30\n-kernel/panic_on_oops=1\n"),
                Parser.of(SystemProbes.CLOCK, "1766000000.123456789\n"),
                Parser.of(
                        NetworkProbes.ADDRESSES,
                        "Main:\n  +-- 0.0.0.0/0 3 0 5\n     |-- 10.0.0.1\n        /32 host LOCAL\n=\n"
                                + "fe800000000000000000000000000001 02 40 20 80     eth0\n=\n10.0.0.1 fe80::1 \n"),
                Parser.of(
                        NetworkProbes.reach(Set.of("10.0.0.2"), Set.of(7789)),
                        "10.0.0.2 7789 OPEN\n10.0.0.3 7777 REFUSED\n"));
    }

    private static Object credentials(String text) throws IOException, UsageException {
        Path directory = Files.createTempDirectory("credentials");
        Path file = directory.resolve("credentials.json");
        Path key = directory.resolve("key");
        try {
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
            Files.writeString(key, "a key");
            return CredentialsFile.read(file);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(key);
            Files.delete(directory);
        }
    }

    static List<Parser> others() {
        return List.of(
                Parser.of(
                        "HostKeys.pinned",
                        IllegalArgumentException.class,
                        lines -> HostKeys.pinned(lines).known("10.0.0.1", 22),
                        KNOWN_HOSTS),
                new Parser("private key", IllegalArgumentException.class, LoginKeys.samples(), LoginKeys::read),
                Parser.of(
                        "CredentialsFile",
                        UsageException.class,
                        Parsers::credentials,
                        "{\"credentials\": [{\"id\": \"a\", \"username\": \"root\", \"password\": \"x\"},\n"
                                + "{\"id\": \"b\", \"username\": \"ops\", \"privateKeyFile\": \"key\", \"passphrase\": \"y\"}]}\n"),
                Parser.of("Mask", null, text -> new Mask(List.of("secret", "se;cret")).apply(text), RES),
                Parser.of("Overwrite.parse", null, Overwrite::parse, "ext4 'www' 6c1d, unknown data\nLVM2_member x"),
                Parser.of("Parameters.words", null, ParameterRules::words, "sv1, sv2\nsv3"),
                Parser.of("Diff of a node's file", null, file -> Diff.unified("/etc/fstab", file, FSTAB), FSTAB, RES));
    }
}
