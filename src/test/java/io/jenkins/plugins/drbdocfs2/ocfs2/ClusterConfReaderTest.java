package io.jenkins.plugins.drbdocfs2.ocfs2;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.RealReader;
import io.jenkins.plugins.drbdocfs2.RealReader.Output;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares our cluster.conf reader with the o2cb program: it accepts and refuses the same files, and reads the same. */
class ClusterConfReaderTest {
    private static final String CLUSTER = "cluster:\n\tname = ocfs2\n\theartbeat_mode = local\n\tnode_count = 2\n";
    private static final String SV1 =
            "node:\n\tcluster = ocfs2\n\tnumber = 0\n\tip_port = 7777\n\tip_address = 192.168.0.1\n\tname = sv1\n";
    private static final String SV2 =
            SV1.replace("number = 0", "number = 1").replace("0.1", "0.2").replace("sv1", "sv2.example.org");
    private static final String WHOLE = CLUSTER + "\n" + SV1 + "\n" + SV2;
    private static final String REGION = "heartbeat:\n\tcluster = ocfs2\n\tregion = 77D95EF51C0149D2823674FCC162CF8B\n";

    @TempDir
    private static Path directory;

    @BeforeAll
    static void requireO2cb() {
        RealReader.require("ocfs2-tools", "/usr/sbin/o2cb");
    }

    static Stream<Arguments> layouts() {
        return Stream.of(
                Arguments.of("empty", ""),
                Arguments.of("as o2cb writes it", WHOLE),
                Arguments.of("nodes first, as o2cb list-cluster prints it", SV1 + "\n" + SV2 + "\n" + CLUSTER),
                Arguments.of("a node of a cluster that is not listed", WHOLE + "\n" + SV1.replace("ocfs2", "old")),
                Arguments.of("only nodes", SV1 + SV2),
                Arguments.of("an empty line below cluster:", WHOLE.replace("cluster:\n", "cluster:\n\n")),
                Arguments.of("a blank line below cluster:", WHOLE.replace("cluster:\n", "cluster:\n \t \n")),
                Arguments.of("an empty line between attributes", WHOLE.replace("\tnumber = 1", "\n\tnumber = 1")),
                Arguments.of("no empty lines", CLUSTER + SV1 + SV2),
                Arguments.of("many empty lines", "\n\n" + CLUSTER + "\n\n\n" + SV1 + "\n\n"),
                Arguments.of("an indented comment", WHOLE.replace("\tnumber = 1", "\t# second\n\tnumber = 1")),
                Arguments.of("an indented comment at the top", " # comment\n" + WHOLE),
                Arguments.of("comments in the first column", "# top\n" + WHOLE.replace("\tnumber", "# c\n\tnumber")),
                Arguments.of("a comment after a value", WHOLE.replace("= sv1", "= sv1 # first")),
                Arguments.of("a comment after a number", WHOLE.replace("= 7777", "= 7777 # o2net")),
                Arguments.of("a comment after a stanza", WHOLE.replace("cluster:\n", "cluster: # mine\n")),
                Arguments.of("blanks after a stanza", WHOLE.replace("node:", "node:  ")),
                Arguments.of("a blank before the colon", WHOLE.replace("node:", "node :")),
                Arguments.of("no colon", WHOLE.replace("node:", "node")),
                Arguments.of("an indented stanza", WHOLE.replace("node:", " node:")),
                Arguments.of("capitals", WHOLE.replace("node:", "Node:")),
                Arguments.of("attributes in capitals", WHOLE.replace("number", "Number")),
                Arguments.of("no node_count", WHOLE.replace("\tnode_count = 2\n", "")),
                Arguments.of("a wrong node_count", WHOLE.replace("node_count = 2", "node_count = 7")),
                Arguments.of("a node_count in words", WHOLE.replace("node_count = 2", "node_count = two")),
                Arguments.of("an empty node_count", WHOLE.replace("node_count = 2", "node_count =")),
                Arguments.of("Windows", WHOLE.replace("\n", "\r\n")),
                Arguments.of("Windows in attributes only", WHOLE.replaceAll("(=.*)\n", "$1\r\n")),
                Arguments.of("not indented", WHOLE.replace("\t", "")),
                Arguments.of("one attribute not indented", WHOLE.replace("\tname = sv1", "name = sv1")),
                Arguments.of("spaces", WHOLE.replace("\t", "        ")),
                Arguments.of("no blanks around =", WHOLE.replace(" = ", "=")),
                Arguments.of("tabs around =, blanks at the end", WHOLE.replaceAll(" = (.*)", "\t=\t$1  \t")),
                Arguments.of("no final line end", WHOLE.strip()),
                Arguments.of("other order of attributes", SV2 + "\tnumber = 3\n" + CLUSTER),
                Arguments.of("an unknown attribute", WHOLE.replace("\tname = sv1", "\track = 4\n\tname = sv1")),
                Arguments.of("an attribute with a dash", WHOLE.replace("\tname = sv1", "\ta-b = 4\n\tname = sv1")),
                Arguments.of("a duplicate attribute", WHOLE.replace("\tname = sv1", "\tname = sv9\n\tname = sv1")),
                Arguments.of("an unknown stanza", WHOLE + "\nfence:\n\tagent = x\n"),
                Arguments.of("no ip_port", WHOLE.replace("\tip_port = 7777\n", "")),
                Arguments.of("no number", WHOLE.replaceFirst("\tnumber = 0\n", "")),
                Arguments.of("a node without cluster", WHOLE.replaceFirst("\tcluster = ocfs2\n", "")),
                Arguments.of(
                        "a cluster in other case", WHOLE.replaceFirst("\tcluster = ocfs2\n", "\tcluster = OCFS2\n")),
                Arguments.of("a host name as address", WHOLE.replace("192.168.0.1", "sv1.example.org")),
                Arguments.of("an address with a zero", WHOLE.replace("192.168.0.1", "192.168.0.01")),
                Arguments.of("an IPv6 address", WHOLE.replace("192.168.0.1", "fd00::1")),
                Arguments.of(
                        "numbers with zeros and signs",
                        WHOLE.replace("= 0\n", "= 007\n").replace("= 1\n", "= +9\n")),
                Arguments.of("a negative number", WHOLE.replace("number = 0", "number = -1")),
                Arguments.of("a huge number", WHOLE.replace("number = 0", "number = 2147483647")),
                Arguments.of("a large port", WHOLE.replace("7777", "99999")),
                Arguments.of("a duplicate number", WHOLE.replace("number = 1", "number = 0")),
                Arguments.of("a duplicate name", CLUSTER + SV1 + SV1),
                Arguments.of("a duplicate cluster", WHOLE + CLUSTER),
                Arguments.of("two clusters", WHOLE + WHOLE.replace("ocfs2", "other")),
                Arguments.of("quotes", WHOLE.replace("= sv1", "= \"sv1\"")),
                Arguments.of("a continued line", WHOLE.replace("= sv1\n", "= sv1\\\n\n")),
                Arguments.of("a backslash", WHOLE.replace("= sv1\n", "= s\\v1\\\\ \n")),
                Arguments.of("a backslash at the end of the file", CLUSTER + SV1.strip() + "\\"),
                Arguments.of("global in capitals", REGION + WHOLE.replace("local", "GLOBAL")),
                Arguments.of("global without region", WHOLE.replace("local", "global")),
                Arguments.of("an unknown mode", WHOLE.replace("local", "both")),
                Arguments.of("no mode", WHOLE.replace("\theartbeat_mode = local\n", "")),
                Arguments.of("a duplicate region", WHOLE + REGION + REGION),
                Arguments.of("a heartbeat without region", WHOLE + "heartbeat:\n\tcluster = ocfs2\n"),
                Arguments.of("a byte order mark", "\ufeff" + WHOLE),
                Arguments.of("non-ASCII letters", WHOLE.replace("sv1", "kn\u00f6del")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layouts")
    void readsTheSameAsO2cb(String layout, String text) throws Exception {
        assertThat(ours(text)).as(text).isEqualTo(o2cbs(text));
    }

    @Test
    void readsMutatedFilesLikeO2cb() throws Exception {
        Random random = new Random(12);
        String characters = "\n\n\t\t  ##::==\\\r0a_-.\"";
        for (int round = 0; round < 400; round++) {
            StringBuilder text = new StringBuilder(round % 2 == 0 ? WHOLE : SV1 + REGION + CLUSTER + SV2);
            for (int mutation = 0; mutation <= round % 3; mutation++) {
                int at = random.nextInt(text.length());
                char with = characters.charAt(random.nextInt(characters.length()));
                switch (random.nextInt(4)) {
                    case 0 -> text.setCharAt(at, with);
                    case 1 -> text.insert(at, with);
                    case 2 -> text.deleteCharAt(at);
                    default -> text.delete(at, Math.min(text.length(), at + random.nextInt(30)));
                }
            }
            // o2cb crashes if a cluster has no name, and nothing can refer to a cluster with an empty name
            if (!text.toString()
                    .matches(
                            "(?s).*cluster:[ \\t]*\\n(?:[\\t #][^\\n]*\\n)*?[ \\t]+name[ \\t]*=[ \\t]*[^ \\t\\r\\n].*")) {
                continue;
            }
            assertThat(ours(text.toString())).as(text.toString()).isEqualTo(o2cbs(text.toString()));
        }
    }

    @Test
    void o2cbReadsOurTextOfEveryLayout() throws Exception {
        List<String> read = new ArrayList<>();
        for (Arguments layout : layouts().toList()) {
            String text = (String) layout.get()[1];
            if (!ours(text).equals("refused")) {
                String written = ClusterConf.render(ClusterConf.parseAll(text));
                assertThat(o2cbs(written)).as(written).isEqualTo(ours(text));
                read.add(text);
            }
        }
        assertThat(read).hasSizeGreaterThan(20);
    }

    @Test
    void reportsWhatO2cbIgnores() {
        String text = "# top\n" + WHOLE.replace("\tname = sv1", "\track = 4\n\tname = sv1") + "\n"
                + SV1.replace("ocfs2", "old") + "fence:\n";
        assertThat(ClusterConf.ignored(text))
                .containsExactly(
                        "line 1: a comment",
                        "line 7: further attributes of the node",
                        "line 22: a node of 'old', a cluster that is not defined",
                        "line 28: the stanza 'fence'");
        assertThat(ClusterConf.ignored(WHOLE)).isEmpty();
    }

    private static String ours(String text) {
        try {
            StringBuilder result = new StringBuilder();
            for (ClusterConf cluster : ClusterConf.parseAll(text)) {
                result.append("cluster ").append(cluster.name()).append(' ').append(cluster.heartbeatMode());
                cluster.heartbeatRegions()
                        .forEach(region -> result.append("\nheartbeat: ").append(region));
                cluster.nodes().forEach(node -> result.append("\nnode: ")
                        .append(node.number() + " " + node.name() + " " + node.address() + ":" + node.port()));
                result.append('\n');
            }
            return result.toString();
        } catch (TextFormatException e) {
            return "refused";
        }
    }

    private static String o2cbs(String text) throws Exception {
        Path file = directory.resolve("cluster.conf");
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        Output clusters = o2cb(file, "list-clusters");
        if (clusters.exitCode() != 0) {
            return "refused";
        }
        StringBuilder result = new StringBuilder();
        for (String name : clusters.output().split("\n")) {
            if (name.isEmpty()) {
                continue;
            }
            String parts = o2cb(file, "list-cluster", "--oneline", "--", name).output();
            result.append("cluster ").append(name);
            result.append(parts.contains(" global " + name) ? " global" : " local");
            Stream.of(parts.split("\n"))
                    .filter(line -> !line.startsWith("cluster:"))
                    .map(line -> line.substring(0, line.length() - name.length() - 1))
                    .sorted()
                    .forEach(line -> result.append('\n').append(line));
            result.append('\n');
        }
        return result.toString();
    }

    private static Output o2cb(Path file, String... words) {
        List<String> command = new ArrayList<>(List.of("/usr/sbin/o2cb", "--config-file=" + file));
        command.addAll(List.of(words));
        return RealReader.run(Map.of(), command);
    }
}
