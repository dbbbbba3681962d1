package io.jenkins.plugins.drbdocfs2.drbd.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.drbd.manager.ResourceManagers.Managed;
import io.jenkins.plugins.drbdocfs2.drbd.manager.ResourceManagers.Unread;
import io.jenkins.plugins.drbdocfs2.facts.LocalShell;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script itself over the files of the managers, with a cibadmin that prints what was recorded. */
class ResourceManagersTest {
    private static final String PROMOTER = "[[promoter]]\n[promoter.resources.%s]\nstart = [ \"%s\" ]\n";
    private static final String CIB = "/var/lib/pacemaker/cib/cib.xml";
    private static final String NO_CLUSTER = "echo 'Could not connect to the CIB' >&2; exit 102";

    @TempDir
    private Path directory;

    private Path root;

    @BeforeEach
    void makeNode() throws IOException {
        root = Files.createDirectory(directory.resolve("a 'node'"));
        cibadmin(NO_CLUSTER);
    }

    private void cibadmin(String script) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path tool = Files.writeString(bin.resolve("cibadmin"), "#!/bin/sh\n" + script + "\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
    }

    private Path file(String path, String text) throws IOException {
        Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private ScriptResult run(String path) throws Exception {
        String before = "PATH=" + Sh.quote(path) + "\n";
        String script = ResourceManagers.probe(root.toString()).script();
        return new LocalShell("sv1", before).run(Script.of(script), line -> {});
    }

    private ResourceManagers look() throws Exception {
        ScriptResult result = run(directory.resolve("bin") + ":" + System.getenv("PATH"));
        Probe<ResourceManagers> probe = ResourceManagers.PROBE;
        return probe.parser().apply(new Reading(result.exitCode(), result.stdout()));
    }

    @Test
    void runsNoProgramOnANodeWithoutManagers() throws Exception {
        file("/etc/drbd.d/r0.res", "resource r0 {\n}\n");
        ScriptResult result = run(directory.resolve("nothing").toString());
        assertThat(result.exitCode()).isZero();
        assertThat(result.stdout() + result.stderr()).isEmpty();
        assertThat(look()).isEqualTo(ResourceManagers.NONE);
    }

    @Test
    void findsResourcesInFilesOfLinstor() throws Exception {
        String text =
                "# Generated\n\nresource \"%s\"\n{\n    net { shared-secret \"x\"; }\n    fencing resource-only;\n}\n";
        file("/var/lib/linstor.d/web.res", text.formatted("web"));
        file("/var/lib/linstor.d/old.res_tmp", text.formatted("old"));
        file("/var/lib/linstor.d/.backup/old.res", text.formatted("old"));
        file("/var/lib/linstor.d/other.res", "  resource pvc-1.a {\n}\n");
        assertThat(look().managed())
                .containsExactlyInAnyOrder(
                        new Managed(DrbdManager.LINSTOR, "web", "/var/lib/linstor.d/web.res"),
                        new Managed(DrbdManager.LINSTOR, "pvc-1.a", "/var/lib/linstor.d/other.res"));
        assertThat(look().of("web")).hasSize(1);
        assertThat(look().of("old")).isEmpty();
    }

    @Test
    void ignoresASatelliteWithoutResources() throws Exception {
        Files.createDirectories(root.resolve("var/lib/linstor.d"));
        assertThat(look()).isEqualTo(ResourceManagers.NONE);
    }

    @Test
    void findsResourcesOfEnabledPromoters() throws Exception {
        file("/etc/drbd-reactor.toml", "snippets = \"/srv/reactor/\" # ours\n" + PROMOTER.formatted("main", "a.mount"));
        file("/etc/drbd-reactor.d/web.toml", PROMOTER.formatted("\"web\" ", "srv-www.mount"));
        file("/etc/drbd-reactor.d/off.toml.disabled", PROMOTER.formatted("off", "x.service"));
        file("/etc/drbd-reactor.d/metrics.toml", "[[prometheus]]\nenums = true\n# [promoter.resources.none]\n");
        file("/srv/reactor/.hidden.toml", PROMOTER.formatted("hidden", "x.service"));
        assertThat(look().managed())
                .containsExactlyInAnyOrder(
                        new Managed(DrbdManager.DRBD_REACTOR, "main", "/etc/drbd-reactor.toml"),
                        new Managed(DrbdManager.DRBD_REACTOR, "web", "/etc/drbd-reactor.d/web.toml"),
                        new Managed(DrbdManager.DRBD_REACTOR, "hidden", "/srv/reactor/.hidden.toml"));
        assertThat(look().unread()).isEmpty();
    }

    @Test
    void findsResourcesOfPrimitivesInTheCib() throws Exception {
        Path recorded = Path.of("src/test/resources/recorded/pacemaker").toAbsolutePath();
        cibadmin("[ \"$*\" = '-Q -o resources' ] && exec cat " + Sh.quote(recorded + "/resources.xml"));
        file(CIB, "an older one");
        assertPrimitives("the CIB");

        cibadmin(NO_CLUSTER);
        file(CIB, Recorded.text("pacemaker/cib.xml"));
        assertPrimitives(CIB);

        // as another program may write it
        file(CIB, Recorded.text("pacemaker/cib.xml").replaceAll(">\\s+<", "><").replace("\" ", "\"\n"));
        assertPrimitives(CIB);
        file(
                CIB,
                "<?xml version=\"1.0\"?>\n" + Recorded.text("pacemaker/cib.xml").replaceAll("=\"(\\w+)\"", "='$1'"));
        assertPrimitives(CIB);
    }

    private void assertPrimitives(String where) throws Exception {
        assertThat(look().managed())
                .containsExactly(
                        new Managed(DrbdManager.PACEMAKER, "web", "primitive p_drbd_web in " + where),
                        new Managed(DrbdManager.PACEMAKER, "db", "primitive p_drbd_db in " + where),
                        new Managed(DrbdManager.PACEMAKER, "mail", "primitive p_drbd_mail in " + where),
                        new Managed(DrbdManager.PACEMAKER, "mail", "primitive p_drbd_copy in " + where));
        assertThat(look().unread()).isEmpty();
    }

    @Test
    void ignoresPrimitivesInComments() throws Exception {
        file(CIB, "<cib><!-- " + Recorded.text("pacemaker/resources.xml").replace("--", "") + " --></cib>");
        assertThat(look()).isEqualTo(ResourceManagers.NONE);
    }

    @Test
    void printsNoPasswordsOfTheCib() throws Exception {
        file(CIB, Recorded.text("pacemaker/cib.xml"));
        assertThat(run(System.getenv("PATH")).stdout())
                .contains("f_sv1-password")
                .contains("value=\"web\"")
                .doesNotContain("pass &lt;")
                .doesNotContain("/srv/www");
    }

    @Test
    void reportsUnreadableFiles() throws Exception {
        Files.createDirectories(root.resolve("var/lib/linstor.d"));
        Files.createSymbolicLink(root.resolve("var/lib/linstor.d/r0.res"), Path.of("gone"));
        file("/etc/drbd-reactor.d/r0.toml", "[[promoter]]\n[promoter.resources.r0\n");
        Files.createDirectories(root.resolve(CIB.substring(1)));
        assertThat(look().managed()).isEmpty();
        assertThat(look().unread())
                .extracting(Unread::manager)
                .containsExactly(DrbdManager.LINSTOR, DrbdManager.DRBD_REACTOR, DrbdManager.PACEMAKER);
        assertThat(look().unread().get(0).words())
                .startsWith("/var/lib/linstor.d/r0.res could not be read, because: ")
                .contains("No such file");
        assertThat(look().unread().get(1).words())
                .isEqualTo(
                        "/etc/drbd-reactor.d/r0.toml could not be read, because: line 2, column 23: ']' is expected");
        assertThat(look().unread().get(2).words())
                .startsWith(CIB + " could not be read, because: ")
                .contains("directory");
    }

    @Test
    void reportsATruncatedCib() throws Exception {
        String whole = Recorded.text("pacemaker/cib.xml");
        for (String cut : new String[] {"", "<", whole.substring(0, 900), whole.substring(0, whole.length() - 10)}) {
            file(CIB, cut);
            assertThat(look().unread()).as(cut).hasSize(1);
            assertThat(look().unread().get(0).words())
                    .startsWith(CIB + " could not be read, because: it is not well-formed");
        }
        file(CIB, "<!DOCTYPE cib [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><cib>&x;</cib>");
        assertThat(look().unread()).hasSize(1);
    }

    @Test
    void reportsAnUnreachableCibOfARemoteNode() throws Exception {
        file("/etc/pacemaker/authkey", "");
        assertThat(look().unread())
                .containsExactly(new Unread(DrbdManager.PACEMAKER, "the CIB", "Could not connect to the CIB"));
    }

    @Test
    void reportsUnexpectedOutput() {
        Probe<ResourceManagers> probe = ResourceManagers.PROBE;
        assertThat(probe.parser().apply(new Reading(1, "")).unread()).hasSize(1);
        assertThat(probe.parser().apply(new Reading(0, "nonsense\n")).unread()).hasSize(1);
        assertThat(probe.parser()
                        .apply(new Reading(0, "pacemaker cibadmin\nfailed \n"))
                        .unread())
                .containsExactly(new Unread(DrbdManager.PACEMAKER, "the CIB", "the program gave no reason"));
    }
}
