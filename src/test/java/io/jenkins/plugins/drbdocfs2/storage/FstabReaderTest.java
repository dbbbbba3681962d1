package io.jenkins.plugins.drbdocfs2.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.RealReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares our fstab reader with the two real ones: mount(8), through findmnt(8), and systemd's mount unit generator. */
class FstabReaderTest {
    private static final String GENERATOR = "/lib/systemd/system-generators/systemd-fstab-generator";
    private static final String ROOT = "# <file system> <mount point>\n/dev/vda1 /old ext4 errors=remount-ro 0 0\n";
    private static final FstabEntry WANTED =
            new FstabEntry("/dev/drbd0", "/srv/my data", "ocfs2", "_netdev,x-systemd.requires=o2cb.service");

    @TempDir
    private Path directory;

    @BeforeAll
    static void requireRealReaders() {
        RealReader.require("systemd", GENERATOR, "/usr/bin/findmnt");
    }

    static Stream<Arguments> layouts() {
        String place = "/srv/my\\040data";
        return Stream.of(
                Arguments.of("nothing", "", 0),
                Arguments.of("six fields", "/dev/drbd0 " + place + " ocfs2 _netdev 0 0\n", 1),
                Arguments.of("five fields", "/dev/drbd0 " + place + " ocfs2 _netdev 0\n", 1),
                Arguments.of("four fields", "/dev/drbd0 " + place + " ocfs2 _netdev\n", 1),
                Arguments.of("three fields", "/dev/drbd0 " + place + " ocfs2\n", 1),
                Arguments.of("two fields", "/dev/drbd0 " + place + "\n", 1),
                Arguments.of("leading blanks, and tabs", " \t/dev/drbd0\t\t" + place + "\tocfs2\t_netdev\t0\t0\n", 1),
                Arguments.of("a trailing slash", "/dev/drbd0 " + place + "/ ocfs2 _netdev 0 0\n", 1),
                Arguments.of("double slashes", "/dev/drbd0 //srv//my\\040data ocfs2 _netdev 0 0\n", 1),
                Arguments.of("a dot within", "/dev/drbd0 /srv/./my\\040data ocfs2 _netdev 0 0\n", 1),
                Arguments.of(
                        "a UUID", "UUID=07aaa866-47ec-4c5f-8ccb-8890f9e2e864 " + place + " ocfs2 _netdev 0 0\n", 1),
                Arguments.of("a quoted UUID", "UUID=\"07aaa866\" " + place + " ocfs2 _netdev 0 0\n", 1),
                Arguments.of("a label", "LABEL=data " + place + " ocfs2 _netdev 0 0\n", 1),
                Arguments.of("a link", "/dev/drbd/by-res/r0/0 " + place + " ocfs2 _netdev 0 0\n", 1),
                Arguments.of("a comment at the end", "/dev/drbd0 " + place + " ocfs2 _netdev 0 0 # data\n", 1),
                Arguments.of("a comment after the options", "/dev/drbd0 " + place + " ocfs2 _netdev # data\n", 1),
                Arguments.of("a comment after the type", "/dev/drbd0 " + place + " ocfs2 # data\n", 1),
                Arguments.of("Windows", "/dev/drbd0 " + place + " ocfs2 _netdev 0 0\r\n", 1),
                Arguments.of("Windows, four fields", "/dev/drbd0 " + place + " ocfs2 _netdev\r\n", 1),
                Arguments.of("Windows, three fields", "/dev/drbd0 " + place + " ocfs2\r\n", 1),
                Arguments.of("no line end", "/dev/drbd0 " + place + " ocfs2 _netdev 0 0", 1),
                Arguments.of("commented out", "#/dev/drbd0 " + place + " ocfs2 _netdev 0 0\n", 0),
                Arguments.of("commented out after blanks", "  # /dev/drbd0 " + place + " ocfs2 _netdev\n", 0),
                Arguments.of("twice", ("/dev/drbd0 " + place + " ocfs2 _netdev 0 0\n").repeat(2), 2),
                Arguments.of("below it", "/dev/sdb " + place + "/below ext4 defaults 0 0\n", 0),
                Arguments.of("swap and others", "/dev/sdb none swap sw 0 0\ntmpfs /tmp tmpfs\n\n \t\n", 0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layouts")
    void readsSoundLinesAsMountAndSystemdDo(String layout, String lines, int there) {
        Fstab fstab = new Fstab(ROOT + lines);

        Set<String> ours = new TreeSet<>();
        Set<String> places = new TreeSet<>();
        for (Fstab.Line line : fstab.lines()) {
            if (line.entry() != null
                    && line.sound()
                    && line.entry().mountPoint().startsWith("/")) {
                ours.add(line.entry().device() + " " + line.entry().mountPoint() + " "
                        + line.entry().type());
                places.add(Fstab.plain(line.entry().mountPoint()));
            }
        }
        assertThat(findmnt(fstab.text())).containsAll(ours);
        assertThat(systemd(fstab.text())).containsAll(places);
        assertThat(fstab.linesAt(Set.of("/srv/my data"))).hasSize(there);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layouts")
    void mountAndSystemdReadTheWrittenLine(String layout, String lines, int there) {
        Fstab before = new Fstab(ROOT + lines);
        Set<String> place = Set.of("/srv/my data");

        Fstab written = before.with(WANTED, before.linesAt(place));

        String after = written.text();
        assertThat(findmnt(after).stream()
                        .filter(line -> Fstab.plain(line.split(" ", 2)[1]).contains("/srv/my data ")))
                .containsExactly("/dev/drbd0 /srv/my data ocfs2");
        assertThat(systemd(after)).contains("/srv/my data", "/dev/drbd0");
        assertThat(written.with(WANTED, written.linesAt(place))).isEqualTo(written);
        assertThat(written.without(written.linesAt(place)).text().lines().filter(line -> line.contains("my\\040data ")))
                .allMatch(line -> line.strip().startsWith("#"));
    }

    @Test
    void lineThatMountAndSystemdReadDifferentlyIsNotSound() {
        String text =
                "/dev/a /a ext4 noatime # c\n/dev/b /b ext4 noatime\r\n/dev/c /c\n/dev/d /d ext4 noatime 0 0 # c\n";

        assertThat(new Fstab(text).lines()).extracting(Fstab.Line::sound).containsExactly(false, false, false, true);
        assertThat(findmnt(text)).contains("/dev/b /b ext4", "/dev/d /d ext4").hasSize(2);
        assertThat(systemd(text)).contains("/a", "/b", "/c", "/d", "noatime\r");
    }

    private Path write(String text) {
        try {
            return Files.write(directory.resolve("fstab"), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Source, target and type of each line that mount(8) accepts. */
    private List<String> findmnt(String text) {
        List<String> words = List.of(
                "/usr/bin/findmnt", "--tab-file", write(text).toString(), "-n", "-r", "-o", "SOURCE,TARGET,FSTYPE");
        List<String> lines = new ArrayList<>();
        for (String line : RealReader.run(Map.of(), words).output().split("\n")) {
            if (!line.isBlank() && !line.startsWith("findmnt: ")) {
                lines.add(line.replace("\\x20", " "));
            }
        }
        return lines;
    }

    /** All values in the units that systemd generates: devices, mount points, types, options. */
    private Set<String> systemd(String text) {
        Set<String> values = new TreeSet<>();
        try {
            Path units = Files.createTempDirectory(directory, "units");
            String out = units.toString();
            RealReader.run(Map.of("SYSTEMD_FSTAB", write(text).toString()), List.of(GENERATOR, out, out, out));
            // links to units of the system disturb the deletion of the temporary directory
            try (Stream<Path> files = Files.walk(units)) {
                for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                    Files.delete(link);
                }
            }
            try (Stream<Path> files = Files.list(units)) {
                for (Path unit :
                        files.filter(file -> file.toString().endsWith(".mount")).toList()) {
                    for (String line : Files.readString(unit).split("\n")) {
                        if (line.matches("(?s)(What|Where|Type|Options)=.*")) {
                            values.add(line.substring(line.indexOf('=') + 1));
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return values;
    }
}
