package io.jenkins.plugins.drbdocfs2.drbd.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.Drbd9;
import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.facts.Reported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatesTest {
    private static final Path SOURCES = Path.of("src/main/java/io/jenkins/plugins/drbdocfs2");

    @Test
    void keepsAnUnknownWord() {
        Reported<DiskState> disk = DiskState.parse("Frozen");
        assertThat(disk.is(DiskState.UNKNOWN)).isTrue();
        assertThat(disk).hasToString("Frozen");
        assertThat(disk.isPresent()).isTrue();
        assertThat(disk.state().hasGoodData()).isFalse();
        assertThat(ReplicationState.parse("Frozen").state().isResync()).isFalse();
    }

    @Test
    void missingWordIsUnknown() {
        assertThat(DiskState.parse(null)).hasToString("Unknown");
        assertThat(DiskState.parse(null).isPresent()).isFalse();
        assertThat(Role.parse(null).is(Role.UNKNOWN)).isTrue();
        assertThat(Role.parse(null).isPresent()).isFalse();
    }

    @Test
    void roleUnknownIsARoleOfAPeer() {
        assertThat(Role.parse("Unknown").is(Role.PEER_UNKNOWN)).isTrue();
        assertThat(Role.parse("Unknown").isPresent()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("io.jenkins.plugins.drbdocfs2.Drbd9#states")
    void knowsEveryRecordedStateOfDrbd9(String state) {
        for (String node : Drbd9.nodes(state)) {
            assertKnown(Events2.parse(Drbd9.text(state, node, "events2-now-statistics")));
        }
    }

    @Test
    void knowsEveryRecordedStateOfDrbd8() {
        Stream.of("dual-primary", "sync-source", "sync-target", "two-resources")
                .forEach(name -> assertKnown(Events2.parse(Recorded.text("drbd84/events2-" + name + ".txt"))));
        ProcDrbd proc = ProcDrbd.parse(Recorded.documented("drbd8/proc-8.3.txt"));
        proc.devices()
                .keySet()
                .forEach(minor -> assertKnown(new DrbdState(Map.of("r", proc.resource("r", Map.of(0, minor))))));
    }

    private static void assertKnown(DrbdState state) {
        for (ResourceState resource : state.resources().values()) {
            List<Reported<?>> reported = new ArrayList<>(List.of(resource.role()));
            resource.volumes().values().forEach(volume -> reported.add(volume.disk()));
            resource.connections().values().forEach(peer -> {
                reported.addAll(List.of(peer.connection(), peer.peerRole()));
                peer.volumes()
                        .values()
                        .forEach(volume -> reported.addAll(List.of(volume.replication(), volume.peerDisk())));
            });
            assertThat(reported)
                    .allSatisfy(one -> assertThat(one.state().word()).isEqualTo(one.word()));
        }
    }

    /** Exempts the report page, which reads words from results, also of older versions. */
    @Test
    void sourcesCompareStatesByConstantNotByWord() throws IOException {
        List<String> words = Stream.of(
                        Role.values(), DiskState.values(), ConnectionState.values(), ReplicationState.values())
                .flatMap(Arrays::stream)
                .map(Reported.State::word)
                .filter(Objects::nonNull)
                .map(word -> '"' + word + '"')
                .toList();
        List<String> enums = List.of("Role", "DiskState", "ConnectionState", "ReplicationState", "Reported").stream()
                .map(name -> name + ".java")
                .toList();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                boolean page = file.startsWith(SOURCES.resolve("result")) || file.startsWith(SOURCES.resolve("report"));
                if (!page && !enums.contains(file.getFileName().toString())) {
                    assertThat(Files.readString(file)).as("%s", file).doesNotContain(words);
                }
            }
        }
    }
}
