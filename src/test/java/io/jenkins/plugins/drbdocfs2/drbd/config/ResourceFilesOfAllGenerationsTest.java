package io.jenkins.plugins.drbdocfs2.drbd.config;

import static io.jenkins.plugins.drbdocfs2.drbd.config.SampleResources.volume;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Complete files with several nodes, volumes and options, read by the real parser of each generation on each node. */
class ResourceFilesOfAllGenerationsTest {
    private static final MetaDisk OWN = MetaDisk.on("/dev/sys/meta");
    private static final String CONFIG =
            """
            resource dbdata {
              protocol C;
              device /dev/drbd4; disk /dev/sys/dbdata; flexible-meta-disk /dev/sys/dbdata_meta;
              syncer { rate 100M; verify-alg sha1; al-extents 257; }
              startup { become-primary-on both; }
              net { allow-two-primaries; after-sb-0pri discard-zero-changes; }
              on sv1 { address 192.168.0.1:7790; }
              on sv2 { address 192.168.0.2:7790; disk /dev/sdb9; }
            }
            """;

    @BeforeEach
    void needsDrbdUtils() {
        Drbdadm.assumeInstalled();
    }

    /** The commands that drbdadm on this node would run to bring the resource up. */
    private static String up(Resource resource, DrbdGeneration generation, String node) {
        DrbdRules.check(resource);
        String text = ResourceText.render(resource, generation);
        Drbdadm.Result result = Drbdadm.run(generation, node, text, "-d", "up", resource.name());
        assertThat(result.exitCode()).as(text + result.output()).isZero();
        return result.output().replaceAll("(?m)^/\\S*/", "");
    }

    /** Three volumes, with external, internal and indexed metadata. */
    private static List<Resource.Volume> volumes(int nodes) {
        return List.of(
                volume(0, 0, nodes, OWN),
                volume(1, 1, nodes, MetaDisk.INTERNAL),
                volume(7, 2, nodes, new MetaDisk("/dev/sys/slots", 1)));
    }

    @Test
    void eachOfThreeDrbd9NodesConnectsToTheOtherTwoWithAllVolumes() {
        Resource resource = SampleResources.of(
                3, volumes(3), false, "syncer { rate 50M; verify-alg sha1; } options { quorum majority; }");
        for (String node : List.of("sv1", "sv2", "sv3")) {
            String up = up(resource, DrbdGeneration.V9, node);
            assertThat(up.lines().filter(line -> line.startsWith("drbdsetup new-peer ")))
                    .hasSize(2)
                    .allMatch(line -> line.contains("--verify-alg=sha1"));
            assertThat(up.lines().filter(line -> line.startsWith("drbdsetup attach ")))
                    .hasSize(3)
                    .anyMatch(line -> line.startsWith("drbdsetup attach 0 /dev/sys/drbd0 /dev/sys/meta flexible"))
                    .anyMatch(line -> line.startsWith("drbdsetup attach 1 /dev/sys/drbd1 /dev/sys/drbd1 internal"))
                    .anyMatch(line -> line.startsWith("drbdsetup attach 2 /dev/sys/drbd2 /dev/sys/slots 1"));
            assertThat(up).contains("--quorum=majority", "--resync-rate=50M", "--c-plan-ahead=0");
        }
    }

    @Test
    void keepsAMeshWithItsOwnOptions() {
        Resource resource = SampleResources.of(
                3,
                List.of(volume(0, 0, 3, OWN)),
                false,
                "connection-mesh { hosts sv1 sv2 sv3; net { max-buffers 9000; } }");
        assertThat(ResourceText.render(resource, DrbdGeneration.V9).split("connection-mesh", -1))
                .hasSize(2);
        assertThat(up(resource, DrbdGeneration.V9, "sv2")
                        .lines()
                        .filter(line -> line.startsWith("drbdsetup new-peer ")))
                .hasSize(2)
                .allMatch(line -> line.contains("--max-buffers=9000"));
    }

    @Test
    void attachesNothingOnADisklessNode() {
        Resource resource = SampleResources.of(3, List.of(volume(0, 0, 2, OWN)), false, "");
        assertThat(up(resource, DrbdGeneration.V9, "sv3"))
                .doesNotContain("attach")
                .contains("new-minor r0 0 0");
        assertThat(up(resource, DrbdGeneration.V9, "sv1")).contains("attach 0 /dev/sys/drbd0");
    }

    @Test
    void attachesAllVolumesOfOneDrbd84Connection() {
        String up = up(SampleResources.of(2, volumes(2), true, "syncer { rate 50M; }"), DrbdGeneration.V84, "sv2");
        assertThat(up.lines().filter(line -> line.startsWith("drbdsetup-84 attach ")))
                .hasSize(3);
        assertThat(up.lines().filter(line -> line.startsWith("drbdsetup-84 connect ")))
                .singleElement()
                .asString()
                .contains("--allow-two-primaries=yes");
    }

    @ParameterizedTest
    @EnumSource(DrbdGeneration.class)
    void writesADrbd83FileForEachGeneration(DrbdGeneration generation) {
        Resource resource = ResourceText.parse(CONFIG);
        assertThat(up(resource, generation, "sv1")).contains("/dev/sys/dbdata /dev/sys/dbdata_meta flexible");
        String up = up(resource, generation, "sv2");
        assertThat(up)
                .contains("/dev/sdb9 /dev/sys/dbdata_meta flexible", "--after-sb-0pri=discard-zero-changes")
                .contains("--verify-alg=sha1", "--al-extents=257", "allow-two-primaries");
        assertThat(up).contains(generation == DrbdGeneration.V83 ? "--rate=100M" : "--resync-rate=100M");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "disk { fencing resource-and-stonith; } handlers { outdate-peer \"/x y\"; }|fencing=resource-and-stonith",
                "net { fencing resource-only; ping-timeout 9; }|fencing=resource-only",
                "disk { no-disk-flushes; on-io-error detach; }|on-io-error=detach",
                "syncer { csums-alg md5; cpu-mask 3; use-rle; }|csums-alg=md5",
                "net { data-integrity-alg crc32c; no-tcp-cork; }|data-integrity-alg=crc32c"
            })
    void passesOptionsOfAnyGenerationToEachKernel(String options, String expected) {
        Map<DrbdGeneration, String> runs = new LinkedHashMap<>();
        for (DrbdGeneration generation : DrbdGeneration.values()) {
            runs.put(generation, up(SampleResources.two(OWN, options), generation, "sv1"));
        }
        assertThat(runs.values()).allMatch(run -> run.contains("--" + expected));
    }

    @Test
    void omitsBecomePrimaryOnForDrbd9WithANote() {
        Resource resource = SampleResources.two(OWN, "startup { become-primary-on sv1; }");
        assertThat(ResourceText.write(resource, DrbdGeneration.V9).notes())
                .anyMatch(note -> note.contains("become-primary-on"));
        assertThat(up(resource, DrbdGeneration.V9, "sv1")).isNotEmpty();
        for (DrbdGeneration generation : List.of(DrbdGeneration.V83, DrbdGeneration.V84)) {
            assertThat(ResourceText.render(resource, generation)).contains("become-primary-on sv1;");
            assertThat(ResourceText.write(resource, generation).notes()).isEmpty();
        }
    }
}
