package io.jenkins.plugins.drbdocfs2.hostile;

import static io.jenkins.plugins.drbdocfs2.Recorded.documented;
import static io.jenkins.plugins.drbdocfs2.Recorded.drbd9;
import static io.jenkins.plugins.drbdocfs2.Recorded.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ProcDrbd;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.Role;
import io.jenkins.plugins.drbdocfs2.drbd.status.StatusJson;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbState;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKey;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A parser never reports a good state that no complete line of the mutated text contains. */
class ParserClaimsTest {
    private static final String EXT4 =
            "block\nreal /dev/sdb\nnumber 8:16\nbytes 21474836480\nreadable\nwipefs 0x438,6c1d-4a34,www,ext4\nblkid\n"
                    + "TYPE=ext4\nUSAGE=filesystem\nLABEL=www\nUUID=6c1d-4a34\n";

    @Provide
    Arbitrary<Mutation> mutations() {
        return Mutation.any();
    }

    private static <T> void ifRead(Probe<T> probe, String text, Consumer<T> claim) {
        T fact;
        try {
            fact = probe.parser().apply(new Reading(0, text));
        } catch (TextFormatException e) {
            return;
        }
        claim.accept(fact);
    }

    /** Whether a complete line, with its line end, has all these words. */
    private static boolean hasLine(String text, String... words) {
        int end = text.strip().endsWith("exists -") ? text.length() : text.lastIndexOf('\n') + 1;
        return Arrays.stream(text.substring(0, end).split("\n"))
                .anyMatch(line -> Arrays.asList(line.strip().split(" +")).containsAll(List.of(words)));
    }

    @Property(seed = HostileText.SEED)
    void drbdStateIsGoodOnlyIfTheEventsSaySo(@ForAll("mutations") Mutation mutation) {
        for (String sample : List.of(
                text("life84/primary-mounted/sv1-state.txt"),
                text("life84/split/sv2-state.txt"),
                text("drbd84/events2-dual-primary.txt"),
                drbd9("syncing-midway/sv1/events2-now-statistics.txt"))) {
            String mutated = mutation.of(sample);
            ifRead(DrbdProbes.STATE, mutated, state -> state.ifPresent(reported -> checkReported(mutated, reported)));
        }
    }

    private static void checkReported(String text, DrbdState state) {
        assertThat(hasLine(text, "exists", "-")).as("the end").isTrue();
        for (ResourceState resource : state.resources().values()) {
            String name = "name:" + resource.name();
            assertThat(hasLine(text, "resource", name, "role:" + resource.role()))
                    .as("role")
                    .isTrue();
            assertThat(resource.role().state()).isIn(Role.PRIMARY, Role.SECONDARY);
            if (!resource.suspended()) {
                assertThat(hasLine(text, "resource", name, "suspended:no")).isTrue();
            }
            for (DeviceState volume : resource.volumes().values()) {
                assertThat(hasLine(text, "device", name, "volume:" + volume.volume(), "disk:" + volume.disk()))
                        .as("disk")
                        .isTrue();
            }
            resource.connections().values().forEach(peer -> checkReported(text, name, resource, peer));
        }
    }

    private static void checkReported(String text, String name, ResourceState resource, ConnectionStatus peer) {
        assertThat(hasLine(text, "connection", name, "connection:" + peer.connection()))
                .as("connection")
                .isTrue();
        assertThat(peer.volumes().keySet()).isEqualTo(resource.volumes().keySet());
        for (PeerDeviceState volume : peer.volumes().values()) {
            assertThat(hasLine(
                            text, "peer-device", name, "volume:" + volume.volume(), "peer-disk:" + volume.peerDisk()))
                    .as("peer's disk")
                    .isTrue();
            assertThat(hasLine(
                            text,
                            "peer-device",
                            name,
                            "volume:" + volume.volume(),
                            "replication:" + volume.replication()))
                    .as("replication")
                    .isTrue();
        }
    }

    @Property(seed = HostileText.SEED)
    void procDrbdStateIsGoodOnlyIfTheTextSaysSo(@ForAll("mutations") Mutation mutation) {
        for (String sample : List.of(
                text("drbd84/proc-dual-primary.txt"),
                documented("drbd8/proc-8.4-sync.txt"),
                documented("drbd8/proc-8.3.txt"))) {
            String mutated = mutation.of(sample);
            ProcDrbd.parse(mutated).devices().values().forEach(device -> {
                List<String> disks = List.of("cs:" + device.state(), "ds:" + device.disk() + "/" + device.peerDisk());
                assertThat(Arrays.stream(mutated.split("\n"))
                                .anyMatch(line -> line.strip().startsWith(device.minor() + ":")
                                        && Arrays.asList(line.split(" ")).containsAll(disks)))
                        .as("minor %s", device.minor())
                        .isTrue();
            });
        }
    }

    @Property(seed = HostileText.SEED)
    void jsonStateIsGoodOnlyIfTheTextSaysSo(@ForAll("mutations") Mutation mutation) {
        String mutated = mutation.of(drbd9("syncing-midway/sv1/drbdsetup-status-json.txt"));
        DrbdState state;
        try {
            state = StatusJson.parse(mutated);
        } catch (TextFormatException e) {
            return;
        }
        for (ResourceState resource : state.resources().values()) {
            if (resource.isUpToDate()) {
                assertThat(mutated).containsPattern("\"disk-state\":\\s*\"UpToDate\"");
            }
            if (resource.isConnected()) {
                assertThat(mutated).containsPattern("\"connection-state\":\\s*\"Connected\"");
            }
            if (resource.isPrimary()) {
                assertThat(mutated).containsPattern("\"role\":\\s*\"Primary\"");
            }
        }
    }

    @Property(seed = HostileText.SEED)
    void metadataIsNewOrConsistentOnlyIfTheTextSaysSo(@ForAll("mutations") Mutation mutation) {
        for (String sample : List.of(
                text("drbdmeta/get-gi-v08-used.txt"),
                text("drbdmeta/get-gi-v09-used.txt"),
                text("drbdmeta/get-gi-v08-new.txt"))) {
            String mutated = mutation.of(sample);
            for (GenerationIds ids : GenerationIds.parseAll(mutated)) {
                String line = String.format(
                        Locale.ROOT,
                        "%016X:%016X:%016X:%016X:%s",
                        ids.current(),
                        ids.bitmap(),
                        ids.history().get(0),
                        ids.history().get(1),
                        ids.flags().contains(GenerationIds.Flag.CONSISTENT) ? "1:" : "0:");
                assertThat(mutated.toUpperCase(Locale.ROOT)).contains(line);
            }
        }
    }

    @Property(seed = HostileText.SEED)
    void resourceIsConfiguredAndAdjustedOnlyIfTheTextSaysSo(@ForAll("mutations") Mutation mutation) {
        String mutated = mutation.of(text("life84/split/sv1-configured.txt"));
        ifRead(DrbdProbes.configured("r0"), mutated, (ConfiguredResource found) -> {
            if (found.isConfigured()) {
                String words = mutated.replaceAll("\\s+", " ");
                assertThat(words).containsAnyOf("resource " + found.resource().name() + " {", "resource \"");
            }
            if (found.adjustKnown()) {
                assertThat(mutated.split("\n")).anyMatch(line -> line.startsWith("adjusting"));
            }
            boolean differs = Arrays.stream(mutated.split("\n"))
                    .anyMatch(line ->
                            line.startsWith("adjust ") && !line.substring(7).isBlank());
            assertThat(differs && found.adjust().isEmpty()).isFalse();
        });
    }

    @Property(seed = HostileText.SEED)
    void hostHasOnlyKeysThatTheTextContains(@ForAll("mutations") Mutation mutation) throws IOException {
        String mutated = mutation.of(Parsers.KNOWN_HOSTS);
        HostKeys keys;
        try {
            keys = HostKeys.pinned(mutated);
        } catch (IllegalArgumentException e) {
            return;
        }
        for (HostKey key : keys.known("sv1", 22)) {
            // A truncated key is another key, which no server has; its last character has fewer bits
            assertThat(mutated).contains(key.base64().replaceFirst(".=*$", ""));
        }
    }

    @Property(seed = HostileText.SEED)
    void deviceWithContentIsNeverBlank(@ForAll("mutations") Mutation mutation) {
        ifRead(BlockDevice.probe("/dev/sdb"), mutation.of(EXT4), device -> {
            assertThat(device.isBlank()).isFalse();
            assertThat(device.content()).isNotEmpty();
        });
    }

    @Example
    void deviceOfUnknownSizeIsNeverBlank() {
        String blank =
                "block\nreal /dev/sdb\nnumber 8:16\nbytes 4096\nreadable\nzero begin\nzero end\nzero inside\nblkid\n";
        assertThat(BlockDevice.probe("/dev/sdb")
                        .parser()
                        .apply(new Reading(0, blank))
                        .isBlank())
                .isTrue();
        ifRead(BlockDevice.probe("/dev/sdb"), blank.replace("bytes 4096", "bytes 0"), device -> assertThat(
                        device.isBlank())
                .isFalse());
    }

    @Example
    void lvmIsUnknownIfAGroupIsMissing() {
        String whole = "  sys|1073741824|536870912|4194304|wz--n-\n=\n  sys|drbd0|67108864|-wi-a-----\n=\n"
                + "  /dev/sdb|sys|1073741824|a--\n=\n/dev/sdb|/dev/sdb\n";
        assertThat(StorageProbes.LVM.parser().apply(new Reading(0, whole)).known())
                .isTrue();
        for (String group :
                List.of("sys|1073741824|536870912|4194304|wz--n-", "other|1073741824|536870912|4194304|wz--n-")) {
            String lost = whole.replaceFirst("  sys.*\n", group.startsWith("sys") ? "" : "  " + group + "\n");
            assertThatThrownBy(() -> StorageProbes.LVM.parser().apply(new Reading(0, lost)))
                    .isInstanceOf(TextFormatException.class);
        }
        assertThat(StorageProbes.LVM.parser().apply(new Reading(5, whole)).known())
                .isFalse();
    }

    @Property(seed = HostileText.SEED)
    void deviceIsReadableOnlyIfItsIdentityIsKnown(@ForAll("mutations") Mutation mutation) {
        ifRead(BlockDevice.probe("/dev/sdb"), mutation.of(EXT4), device -> {
            if (device.readable()) {
                assertThat(device.number()).matches("\\d+:\\d+");
                assertThat(device.realPath()).isNotEmpty();
            }
        });
    }

    @Property(seed = HostileText.SEED)
    void noLineOfMountsOrLvmIsIgnored(@ForAll("mutations") Mutation mutation) {
        String mounts = mutation.of(text("life84/split/sv1-mounts.txt"));
        ifRead(StorageProbes.MOUNTS, mounts, found -> assertThat(found.mounts())
                .isNotEmpty()
                .hasSize((int) Arrays.stream(mounts.split("\n"))
                        .filter(line -> !line.isBlank())
                        .count()));
        String lvm = mutation.of(Parsers.LVM);
        ifRead(StorageProbes.LVM, lvm, found -> {
            if (found.known()) {
                String[] parts = lvm.split("(?m)^=$", -1);
                assertThat(found.groups()).hasSize(rows(parts[0]));
                assertThat(found.volumes()).hasSize(rows(parts[1]));
                assertThat(found.physicalVolumes()).hasSize(rows(parts[2]));
            }
        });
    }

    private static int rows(String part) {
        return (int)
                Arrays.stream(part.split("\n")).filter(line -> !line.isBlank()).count();
    }

    @Property(seed = HostileText.SEED)
    void clusterIsOnlineOnlyIfItContainsThisNode(@ForAll("mutations") Mutation mutation) {
        String mutated = mutation.of(text("ocfs2/o2cb-state.txt"));
        ifRead(Ocfs2Probes.STATE, mutated, (O2cbState state) -> Optional.ofNullable(state.online())
                .ifPresent(cluster -> {
                    assertThat(hasLine(mutated + "\n", "cluster", cluster.name()))
                            .isTrue();
                    assertThat(mutated.split("\n"))
                            .anyMatch(line -> line.matches("\\s*node \\d+ \\S+ \\d+ 1 \\S+\\s*"));
                }));
    }

    @Property(seed = HostileText.SEED)
    void drbdDevicesAreKnownOnlyIfAllOfThemAre(@ForAll("mutations") Mutation mutation) {
        String mutated = mutation.of(text("drbdadm/devices-8.4.txt"));
        ifRead(DrbdDevices.PROBE, mutated, found -> {
            if (found.known()) {
                List<String> ignored = matches("(?m)^# resource (\\S+) on \\S+: ignored,", mutated);
                List<String> reported = new ArrayList<>(matches("(?m)^\\s*resource (\\S+) .*", mutated));
                ignored.forEach(reported::remove);
                assertThat(found.devices().stream().map(DrbdDevices.Device::resource))
                        .containsAll(reported);
            }
        });
    }

    private static List<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
