package io.jenkins.plugins.drbdocfs2.drbd.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Disk;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Host;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Volume;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares the requested resource with what the real drbdadm of each generation reads. */
class ResourceDifferencesTest {
    @TempDir
    private Path dir;

    @BeforeEach
    void needsDrbdUtils() {
        Drbdadm.assumeInstalled();
    }

    private static Resource requested(String options) {
        Disk disk = new Disk("/dev/sdc", MetaDisk.parse("/dev/sdd[1]"));
        return new Resource(
                "r0",
                List.of(new Host("sv1", "127.0.0.1", 7789, 1), new Host("sv2", "127.0.0.2", 7789, 0)),
                List.of(new Volume(0, "/dev/drbd0", 0, Map.of("sv1", disk, "sv2", disk))),
                "C",
                true,
                ResourceOptions.parse(options).sections());
    }

    private List<String> differences(DrbdGeneration generation, Resource requested, String text, String onDisk)
            throws Exception {
        Path file = Files.writeString(dir.resolve("r0.res"), onDisk);
        ConfiguredResource read = Drbdadm.ask(generation, file, DrbdProbes.listed("r0"));
        assertThat(read.error()).isEmpty();
        return ResourceDifferences.of(requested, text, read.resource(), generation);
    }

    @ParameterizedTest
    @EnumSource(DrbdGeneration.class)
    void readsTheWrittenFileWithoutDifferencesInEveryGeneration(DrbdGeneration generation) throws Exception {
        Resource requested = requested("startup { wfc-timeout 30; degr-wfc-timeout 10; become-primary-on both; }"
                + " syncer { rate 1G; verify-alg sha1; al-extents 1237; }"
                + " disk { on-io-error detach; no-disk-flushes; fencing resource-and-stonith; }"
                + " net { cram-hmac-alg sha1; shared-secret \"a b\\\"c\"; after-sb-0pri discard-zero-changes; max-buffers 8k; }"
                + " handlers { fence-peer \"/usr/lib/drbd/x.sh --a \\\"b\\\"\"; }");
        String text = ResourceText.render(requested, generation);
        assertThat(differences(generation, requested, text, text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/dev/sdc;|/dev/sdx;|disk of volume 0 on sv1: requested /dev/sdc, drbdadm reads /dev/sdx",
                "/dev/sdd [1]|/dev/sdd [2]|metaDisk of volume 0 on sv2: requested /dev/sdd[1], drbdadm reads /dev/sdd[2]",
                "7789|7790|port of sv1: requested 7789, drbdadm reads 7790",
                "127.0.0.2|127.0.0.3|address of sv2: requested 127.0.0.2, drbdadm reads 127.0.0.3",
                "/dev/drbd0|/dev/drbd1|device of volume 0: requested /dev/drbd0, drbdadm reads /dev/drbd1",
                "sv2|sv3|nodes: requested [sv1, sv2], drbdadm reads [sv1, sv3]",
                "protocol C|protocol A|protocol: requested C, drbdadm reads A",
                "allow-two-primaries;|allow-two-primaries no;|dualPrimary: requested true, drbdadm reads false",
                "sha1|md5|verify-alg: requested sha1, drbdadm reads md5",
                "topsecret|other|shared-secret: requested ********, drbdadm reads another",
                "node-id 1|node-id 5|node-id of sv1: requested 1, drbdadm reads 5",
            })
    void reportsEachDifferenceWithBothValues(String from, String to, String difference) throws Exception {
        Resource requested = requested("net { verify-alg sha1; cram-hmac-alg crc32c; shared-secret topsecret; }");
        String text = ResourceText.render(requested, DrbdGeneration.V9);
        assertThat(text).contains(from);
        assertThat(differences(DrbdGeneration.V9, requested, text, text.replace(from, to)))
                .contains(difference);
    }
}
