package io.jenkins.plugins.drbdocfs2.drbd;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.drbd.config.CandidateFiles;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.Drbdadm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that the real drbdadm of each generation cannot read: their resource is unknown, never absent. */
class UnreadableDrbdFilesTest {
    private static final String R0 = resource("r0", "0", "/dev/sys/r0", "127.0.0.1:7780");

    @TempDir
    private Path dir;

    @BeforeEach
    void needsDrbdUtils() throws IOException {
        Drbdadm.assumeInstalled();
        Files.createDirectories(dir.resolve("etc/drbd.d"));
        Files.writeString(dir.resolve("etc/drbd.conf"), "include \"drbd.d/*.res\";\n");
        Files.writeString(dir.resolve("etc/drbd.d/r0.res"), R0);
    }

    private static String resource(String name, String minor, String disk, String address) {
        return "resource " + name + " {\n protocol C;\n  on sv1 { device /dev/drbd" + minor + "; disk " + disk
                + "; meta-disk internal;\n    address " + address + "; }\n  on sv2 { device /dev/drbd" + minor
                + "; disk "
                + disk + "; meta-disk internal;\n    address 127.0.0.2:778" + minor + "; } }\n";
    }

    private Path conf() {
        return dir.resolve("etc/drbd.conf");
    }

    @ParameterizedTest
    @EnumSource(DrbdGeneration.class)
    void readsAReadableFile(DrbdGeneration generation) throws Exception {
        ConfiguredResource read = Drbdadm.ask(generation, conf(), DrbdProbes.configured("r0"));
        assertThat(read.isKnown() && read.isConfigured()).isTrue();
        assertThat(read.file()).isEqualTo(generation == DrbdGeneration.V83 ? "" : dir + "/etc/drbd.d/r0.res");
        ConfiguredResource none = Drbdadm.ask(generation, conf(), DrbdProbes.configured("r1"));
        assertThat(none).isEqualTo(ConfiguredResource.NONE);
    }

    @ParameterizedTest
    @EnumSource(DrbdGeneration.class)
    void findsNoResourceWithoutFiles(DrbdGeneration generation) throws Exception {
        Files.delete(dir.resolve("etc/drbd.d/r0.res"));
        assertThat(Drbdadm.ask(generation, conf(), DrbdProbes.configured("r0"))).isEqualTo(ConfiguredResource.NONE);
        assertThat(Drbdadm.ask(generation, conf(), DrbdDevices.PROBE)).isEqualTo(DrbdDevices.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "address, x.res, IP 203.0.113.59 not found on this host, 10",
        "syntax, x.res:1: Parse error, but got 'nonsense', 10",
        "include, x.res:1, Failed to open include file, 10",
        "twice, x.res:1: conflicting use of resource section 'r0', r0.res:1: resource section 'r0' first used here, 10",
        "minor, x.res, conflicting use of device-minor, 10",
        "secret, x.res, '', 10",
    })
    void keepsErrorAndExitCodeOfDrbdadmWithoutSecrets(String kind, String place, String words, int code)
            throws Exception {
        Files.writeString(
                dir.resolve("etc/drbd.d/x.res"),
                switch (kind) {
                    case "address" -> resource("x", "5", "/dev/sys/x", "203.0.113.59:7785");
                    case "syntax" -> "resource x { nonsense; }\n";
                    case "include" -> "include \"nothing.there\";\n";
                    case "twice" -> R0;
                    case "secret" -> "resource x { net { shared-secret \"topsecret; } }\n";
                    default -> resource("x", "0", "/dev/sys/x", "127.0.0.1:7785");
                });
        for (DrbdGeneration generation : DrbdGeneration.values()) {
            ConfiguredResource read = Drbdadm.ask(generation, conf(), DrbdProbes.configured("r0"));
            assertThat(read.isKnown()).isFalse();
            assertThat(read.isConfigured()).isFalse();
            assertThat(read.error())
                    .startsWith("`drbdadm dump` fails: ")
                    .contains(generation == DrbdGeneration.V9 ? "x.res" : place, words, "(exit code " + code + ")")
                    .doesNotContain("\n", "topsecret", "PRETENDING");
            DrbdDevices devices = Drbdadm.ask(generation, conf(), DrbdDevices.PROBE);
            assertThat(devices.known()).isFalse();
            assertThat(devices.error())
                    .contains(words, "(exit code " + code + ")")
                    .doesNotContain("topsecret");
        }
    }

    @ParameterizedTest
    @EnumSource(DrbdGeneration.class)
    void refusesANewFileWithTheNamesOfTheRealFiles(DrbdGeneration generation) throws Exception {
        Files.writeString(dir.resolve("etc/drbd.d/x.res"), resource("x", "0", "/dev/sys/x", "127.0.0.1:7785"));
        String script = CandidateFiles.script(dir + "/etc", "/etc/drbd.d/r0.res", R0)
                + ConfiguredResource.script("r0", ConfiguredResource.ADJUST);
        ConfiguredResource read = ConfiguredResource.parse(
                new io.jenkins.plugins.drbdocfs2.facts.Probe.Reading(0, Drbdadm.sh(generation, conf(), script)));
        assertThat(read.error())
                .contains("/etc/drbd.d/x.res:", "/etc/drbd.d/r0.res:")
                .doesNotContain("/tmp", "tmp.");
    }

    @ParameterizedTest
    @EnumSource(DrbdGeneration.class)
    void distinguishesAMissingFileFromAnEmptyOne(DrbdGeneration generation) throws Exception {
        Files.delete(conf());
        ConfiguredResource read = Drbdadm.ask(generation, conf(), DrbdProbes.configured("r0"));
        assertThat(read.error()).contains("Can not open", "(exit code 20)");
    }

    @ParameterizedTest
    @EnumSource(
            value = DrbdGeneration.class,
            names = {"V84", "V9"})
    void reportsAResourceOfAnUnsupportedForm(DrbdGeneration generation) throws Exception {
        Files.writeString(
                dir.resolve("etc/drbd.d/r0.res"),
                "resource r0 {\n protocol C; device /dev/drbd0; disk /dev/sys/r0; meta-disk internal;\n"
                        + " floating 127.0.0.1:7780 " + (generation == DrbdGeneration.V9 ? "{ node-id 0; }" : ";")
                        + "\n floating 127.0.0.2:7780 " + (generation == DrbdGeneration.V9 ? "{ node-id 1; }" : ";")
                        + " }\n");
        ConfiguredResource read = Drbdadm.ask(generation, conf(), DrbdProbes.configured("r0"));
        assertThat(read.error()).contains("`drbdadm dump` shows it, defined in ", "r0.res", "does not support");
        assertThat(read.file()).endsWith("r0.res");
    }
}
