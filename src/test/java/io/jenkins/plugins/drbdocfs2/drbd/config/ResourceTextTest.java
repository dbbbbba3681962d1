package io.jenkins.plugins.drbdocfs2.drbd.config;

import static io.jenkins.plugins.drbdocfs2.drbd.config.SampleResources.volume;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.check.SharedSecretMask;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Host;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Volume;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.status.Events2;
import io.jenkins.plugins.drbdocfs2.drbd.status.ProcDrbd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceTextTest {
    /** The file of a published guide to DRBD 8.3. */
    static final String R0 =
            """
            resource r0 {
              protocol C;

              startup {
                wfc-timeout 30;
                degr-wfc-timeout 10;
                become-primary-on both;
              }

              syncer {
                rate 1G;
              }

              disk {
                on-io-error detach;
              }

              net {
                allow-two-primaries;
                after-sb-0pri discard-zero-changes;
                after-sb-1pri discard-secondary;
                after-sb-2pri disconnect;
              }

              on sv1 {
                device    /dev/drbd0;
                disk      /dev/sys/drbd0;
                address   192.168.0.1:7789;
                flexible-meta-disk /dev/sys/drbd0_meta;
              }

              on sv2 {
                device    /dev/drbd0;
                disk      /dev/sys/drbd0;
                address   192.168.0.2:7789;
                flexible-meta-disk /dev/sys/drbd0_meta;
              }
            }
            """;

    /** Settings at resource level, as in another published guide. */
    static final String WWWDATA =
            """
            resource wwwdata {
              protocol C;
              meta-disk internal;
              device /dev/drbd1;
              syncer {
                verify-alg sha1;
              }
              net {
                allow-two-primaries;
              }
              on nodo1 {
                disk /dev/sdc;
                address 10.0.0.59:7789;
              }
              on nodo2 {
                disk /dev/sdc;
                address 10.0.0.218:7789;
              }
            }
            """;

    static final String OLD_OPTIONS =
            """
            syncer { rate 1G; verify-alg sha1; csums-alg md5; al-extents 257; use-rle; cpu-mask 3; c-max-rate 2G;
                     on-no-data-accessible suspend-io; }
            disk { fencing resource-only; no-disk-flushes; no-md-flushes; on-io-error detach; }
            net { no-tcp-cork; cram-hmac-alg sha1; shared-secret "s3cr\\"et \\\\"; after-sb-0pri discard-zero-changes;
                  unplug-watermark 1024; max-buffers 8000; always-asbp; }
            startup { become-primary-on sv1; wfc-timeout 30; }
            handlers { outdate-peer "/usr/lib/drbd/x.sh -a"; split-brain "/usr/lib/drbd/notify.sh root"; }
            """;

    static Stream<Arguments> accepted() {
        MetaDisk own = MetaDisk.on("/dev/sys/drbd0_meta");
        Map<String, Resource> both = new LinkedHashMap<>();
        both.put("internal metadata", SampleResources.two(MetaDisk.INTERNAL, ""));
        both.put("external metadata", SampleResources.two(own, ""));
        both.put("indexed metadata", SampleResources.two(new MetaDisk("/dev/sys/meta+1", 3), ""));
        both.put(
                "two Primaries",
                SampleResources.of(2, List.of(volume(0, 0, 2, own)), true, "net { max-buffers 8000; }"));
        both.put("old options", SampleResources.two(own, OLD_OPTIONS));
        both.put("first guide", ResourceText.parse(R0));
        both.put("second guide", ResourceText.parse(WWWDATA));
        both.put("names that are words of the syntax", named("disk", "net", "minor"));
        both.put("names like numbers", named("1", "2", "3"));
        both.put("IPv6", ipv6());
        both.put(
                "device by name",
                new Resource(
                        "r0",
                        SampleResources.two(own, "").hosts(),
                        List.of(new Volume(
                                0, "/dev/drbd_r0", 7, volume(0, 7, 2, own).disks())),
                        "C",
                        false,
                        List.of()));
        List<Arguments> all = new ArrayList<>();
        both.forEach((what, resource) -> Stream.of(DrbdGeneration.values())
                .forEach(generation -> all.add(Arguments.of(what, generation, resource))));
        Resource volumes = SampleResources.of(
                2, List.of(volume(0, 0, 2, own), volume(3, 1, 2, MetaDisk.INTERNAL)), true, OLD_OPTIONS);
        all.add(Arguments.of("two volumes", DrbdGeneration.V84, volumes));
        all.add(Arguments.of("two volumes", DrbdGeneration.V9, volumes));
        all.add(Arguments.of(
                "three nodes",
                DrbdGeneration.V9,
                SampleResources.of(3, List.of(volume(0, 0, 3, own)), false, "options { quorum majority; }")));
        all.add(Arguments.of(
                "a node without a disk",
                DrbdGeneration.V9,
                SampleResources.of(3, List.of(volume(0, 0, 2, own)), false, "")));
        return all.stream();
    }

    private static Resource named(String resource, String node1, String node2) {
        Volume volume = new Volume(
                0,
                "/dev/drbd0",
                0,
                Map.of(
                        node1, new Resource.Disk("/dev/sda1", MetaDisk.INTERNAL),
                        node2, new Resource.Disk("/dev/sda1", MetaDisk.INTERNAL)));
        return new Resource(
                resource,
                List.of(new Host(node1, "10.0.0.1", 7789, 0), new Host(node2, "10.0.0.2", 7789, 1)),
                List.of(volume),
                "B",
                false,
                List.of());
    }

    private static Resource ipv6() {
        Resource resource = SampleResources.two(MetaDisk.INTERNAL, "");
        return new Resource(
                "r0",
                List.of(new Host("sv1", "fd00::1", 7789, 0), new Host("sv2", "fd00:0:0:1::a", 7789, 1)),
                resource.volumes(),
                "C",
                false,
                List.of());
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("accepted")
    void realParserAcceptsTheText(String what, DrbdGeneration generation, Resource resource) {
        Drbdadm.assumeInstalled();
        DrbdRules.check(resource);
        String text = ResourceText.render(resource, generation);
        String node = resource.hosts().get(0).node();
        assertThat(Drbdadm.run(generation, node, text, "sh-nop"))
                .as(text)
                .extracting(Drbdadm.Result::exitCode, Drbdadm.Result::output)
                .containsExactly(0, "");
        Drbdadm.Result dump = Drbdadm.run(generation, node, text, "dump", resource.name());
        assertThat(dump.exitCode()).as(text + dump.output()).isZero();
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("accepted")
    void parsesWhatItRenders(String what, DrbdGeneration generation, Resource resource) {
        String text = ResourceText.render(resource, generation);
        Resource parsed = ResourceText.parse(text);
        assertThat(ResourceText.render(parsed, generation)).isEqualTo(text);
        assertThat(parsed.hosts()).isEqualTo(resource.hosts());
        assertThat(parsed.volumes()).isEqualTo(resource.volumes());
        assertThat(parsed.dualPrimary()).isEqualTo(resource.dualPrimary());
        if (resource.options().isEmpty()) {
            assertThat(parsed).isEqualTo(resource);
        }
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("accepted")
    void realParserReadsTheSameResource(String what, DrbdGeneration generation, Resource resource) {
        Drbdadm.assumeInstalled();
        String text = ResourceText.render(resource, generation);
        String dump = Drbdadm.run(generation, resource.hosts().get(0).node(), text, "dump", resource.name())
                .output();
        Resource read = ResourceText.parse(dump.substring(dump.indexOf("# resource")));
        assertThat(read.name()).isEqualTo(resource.name());
        assertThat(read.hosts()).isEqualTo(resource.hosts());
        assertThat(read.volumes()).isEqualTo(resource.volumes());
        assertThat(read.protocol()).isEqualTo(resource.protocol());
        assertThat(read.dualPrimary()).isEqualTo(resource.dualPrimary());
        assertThat(words(read)).isEqualTo(words(ResourceText.parse(text)));
    }

    /** All options with their sections, as named by DRBD 9, sorted. */
    private static Set<String> words(Resource resource) {
        Set<String> words = new TreeSet<>();
        OptionTranslation.translate(resource.options(), DrbdGeneration.V9)
                .sections()
                .forEach(section -> section.items().forEach(item -> {
                    if (item instanceof ConfigText.Statement statement) {
                        words.add(section.name() + " " + statement.name() + " "
                                + statement.value().replaceFirst("^yes$", ""));
                    }
                }));
        return words;
    }

    @Test
    void readsTheFirstGuideCorrectly() {
        Resource resource = ResourceText.parse(R0);
        assertThat(resource.name()).isEqualTo("r0");
        assertThat(resource.dualPrimary()).isTrue();
        assertThat(resource.hosts())
                .containsExactly(new Host("sv1", "192.168.0.1", 7789, 0), new Host("sv2", "192.168.0.2", 7789, 1));
        assertThat(resource.volumes().get(0).disks().get("sv2"))
                .isEqualTo(new Resource.Disk("/dev/sys/drbd0", MetaDisk.on("/dev/sys/drbd0_meta")));
        assertThat(ResourceText.render(resource, DrbdGeneration.V84))
                .contains(
                        "resync-rate 1G;",
                        "c-plan-ahead 0;",
                        "become-primary-on both;",
                        "meta-disk /dev/sys/drbd0_meta;")
                .doesNotContain("syncer");
        assertThat(ResourceText.render(resource, DrbdGeneration.V9)).doesNotContain("become-primary-on", "syncer");
        assertThat(ResourceText.write(resource, DrbdGeneration.V9).notes())
                .hasSize(3)
                .anyMatch(note -> note.contains("auto-promote"));
        assertThat(ResourceText.render(resource, DrbdGeneration.V83))
                .contains("rate 1G;", "flexible-meta-disk /dev/sys/drbd0_meta;")
                .doesNotContain("c-plan-ahead");
        assertThat(ResourceText.write(resource, DrbdGeneration.V83).notes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(DrbdGeneration.class)
    void writesAMarkedAndDeterministicFile(DrbdGeneration generation) {
        Resource resource = ResourceText.parse(R0);
        String text = ResourceText.render(resource, generation);
        assertThat(text)
                .startsWith("# Written by drbd-ocfs2-steps; edits are replaced.\n")
                .endsWith("}\n");
        assertThat(ResourceText.render(ResourceText.parse(R0), generation)).isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource(DrbdGeneration.class)
    void masksTheSecret(DrbdGeneration generation) {
        Resource resource = SampleResources.two(MetaDisk.INTERNAL, OLD_OPTIONS);
        assertThat(ResourceText.render(resource, generation)).contains("s3cr");
        assertThat(SharedSecretMask.apply(ResourceText.render(resource, generation)))
                .contains("shared-secret ********;")
                .doesNotContain("s3cr");
        assertThat(resource.toString()).doesNotContain("s3cr");
    }

    @Test
    void refusesEveryTruncatedFile() {
        for (String text : List.of(
                R0,
                WWWDATA,
                ResourceText.render(SampleResources.two(MetaDisk.INTERNAL, OLD_OPTIONS), DrbdGeneration.V9))) {
            for (int end = 0; end < text.strip().length(); end++) {
                String cut = text.substring(0, end);
                assertThatThrownBy(() -> ResourceText.parse(cut)).isInstanceOf(TextFormatException.class);
            }
        }
    }

    @Test
    void reportsWhatAGenerationDoesNotSupport() {
        Resource three = SampleResources.of(3, List.of(volume(0, 0, 3, MetaDisk.INTERNAL)), false, "");
        assertThatThrownBy(() -> ResourceText.render(three, DrbdGeneration.V84))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("more need DRBD 9");
        Resource volumes = SampleResources.of(
                2, List.of(volume(0, 0, 2, MetaDisk.INTERNAL), volume(1, 1, 2, MetaDisk.INTERNAL)), false, "");
        assertThatThrownBy(() -> ResourceText.render(volumes, DrbdGeneration.V83))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("8.4 or 9");
    }

    @Test
    void readsVolumesAtResourceLevel() {
        Resource resource = ResourceText.parse(
                """
                resource r0 {
                  volume 0 { device /dev/drbd_r0 minor 5; disk /dev/sda1; meta-disk internal; }
                  volume 1 { device minor 6; disk /dev/sda2; meta-disk /dev/sda3[1]; }
                  on sv1 { address 10.0.0.1:7789; node-id 4; }
                  on sv2 { address ipv4 10.0.0.2 : 7789; node-id 2; volume 1 { disk none; } }
                  net { protocol A; allow-two-primaries no; }
                }
                """);
        assertThat(resource.protocol()).isEqualTo("A");
        assertThat(resource.dualPrimary()).isFalse();
        assertThat(resource.options()).isEmpty();
        assertThat(resource.hosts()).extracting(Host::nodeId).containsExactly(4, 2);
        assertThat(resource.volumes().get(0).minor()).isEqualTo(5);
        Volume second = resource.volumes().get(1);
        assertThat(second.device()).isEqualTo("/dev/drbd6");
        assertThat(second.disks()).containsOnlyKeys("sv1");
        assertThat(second.disks().get("sv1").metaDisk()).isEqualTo(new MetaDisk("/dev/sda3", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "global { usage-count no; }",
                "resource r0 { } resource r1 { }",
                "resource r0 { }",
                "resource { on a { } }",
                "resource r0 { on a { address 10.0.0.1:1; } }",
                "resource r0 { device /dev/drbd0; disk /dev/x; on a { } }",
                "resource r0 { device /dev/drbd0; disk /dev/x; on a { address 10.0.0.1:1; } on a { } }",
                "resource r0 { device /dev/drbd0; disk /dev/x; on a b { address 10.0.0.1:1; } }",
                "resource r0 { device /dev/drbd_x; disk /dev/x; on a { address 10.0.0.1:1; } }",
                "resource r0 { disk /dev/x; on a { device /dev/drbd0; address 10.0.0.1:1; }"
                        + " on b { device /dev/drbd1; address 10.0.0.2:1; } }",
                "resource r0 { floating 10.0.0.1:1 { device /dev/drbd0; disk /dev/x; } }",
                "resource r0 { stacked-on-top-of r1 { device /dev/drbd0; address 10.0.0.1:1; } }",
                "resource r0 { volume 0 { device /dev/drbd0; disk /dev/x; disk { size 1G; } }"
                        + " on a { address 10.0.0.1:1; } }",
                "resource r0 { device /dev/drbd0; disk /dev/x; meta-disk x[; on a { address 10.0.0.1:1; } }",
                "resource r0 { device /dev/drbd0; disk /dev/x; include y; on a { address 10.0.0.1:1; } }"
            })
    void refusesUnsupportedStatements(String text) {
        assertThatThrownBy(() -> ResourceText.parse(text)).isInstanceOf(TextFormatException.class);
    }

    @Test
    void serialisesResourceAndState() throws Exception {
        for (Serializable object : List.of(
                ResourceText.parse(R0),
                Events2.parse(Recorded.drbd9("syncing-midway/sv1/events2-now-statistics.txt")),
                ProcDrbd.parse(Recorded.documented("drbd8/proc-8.3.txt")),
                GenerationIds.parse(Recorded.text("drbdmeta/get-gi-v09-used.txt")))) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            new ObjectOutputStream(bytes).writeObject(object);
            ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
            assertThat(in.readObject()).isEqualTo(object);
        }
    }
}
