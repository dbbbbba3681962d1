package io.jenkins.plugins.drbdocfs2.manual;

import io.jenkins.plugins.drbdocfs2.engine.NodeRefusal;
import io.jenkins.plugins.drbdocfs2.engine.RefusalKind;
import io.jenkins.plugins.drbdocfs2.operation.refusal.CheckRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DeviceRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdConfigurationRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdDiskRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.FencingRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.FilesystemRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.KeepDataRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.LvmRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.MaintenanceRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.MountRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.O2cbRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.Ocfs2Refusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.PackageRefusal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** All refusals, and the part of docs/troubleshooting.md that is generated from them. */
final class RefusalCatalogue {
    private static final Map<String, List<RefusalKind>> CHAPTERS = chapters();

    private RefusalCatalogue() {}

    private static Map<String, List<RefusalKind>> chapters() {
        Map<String, List<RefusalKind>> chapters = new LinkedHashMap<>();
        chapters.put("Nodes", both(NodeRefusal.values(), CheckRefusal.values()));
        chapters.put("Packages", List.of(PackageRefusal.values()));
        chapters.put("Devices", List.of(DeviceRefusal.values()));
        chapters.put("Volume groups and volumes", List.of(LvmRefusal.values()));
        chapters.put("Roles, connections and data of DRBD", List.of(DrbdRefusal.values()));
        chapters.put("Files and options of DRBD", List.of(DrbdConfigurationRefusal.values()));
        chapters.put("Disks and metadata of DRBD", List.of(DrbdDiskRefusal.values()));
        chapters.put("Data from before DRBD", List.of(KeepDataRefusal.values()));
        chapters.put("Fencing", List.of(FencingRefusal.values()));
        chapters.put("Maintenance", List.of(MaintenanceRefusal.values()));
        chapters.put("The O2CB cluster", List.of(O2cbRefusal.values()));
        chapters.put("OCFS2 filesystems", List.of(Ocfs2Refusal.values()));
        chapters.put("Other filesystems", List.of(FilesystemRefusal.values()));
        chapters.put("Mount points", List.of(MountRefusal.values()));
        return chapters;
    }

    private static List<RefusalKind> both(RefusalKind[] some, RefusalKind[] more) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toList();
    }

    /** Writes the part of the manual about one ID. */
    static void write(String id, String title, String meaning, String remedy, Markdown text) {
        text.lines("#### " + Markdown.code(id));
        text.paragraph(
                "**" + title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1) + ".** " + meaning, "", "");
        text.paragraph("*What to do:* " + remedy, "", "");
    }

    /** All refusals. */
    static List<RefusalKind> all() {
        return CHAPTERS.values().stream().flatMap(List::stream).toList();
    }

    /** The generated part of the manual. */
    static String make() {
        Markdown text = new Markdown();
        CHAPTERS.forEach((title, kinds) -> {
            text.lines("### " + title);
            kinds.forEach(kind -> write(kind.entry(), text));
        });
        return text.whole();
    }

    private static void write(RefusalKind.Entry entry, Markdown text) {
        write(entry.id(), entry.title(), entry.meaning(), entry.remedy(), text);
        if (entry.allowedBy() != null) {
            text.paragraph("*Allowed by:* " + entry.allowedBy() + ".", "", "");
        }
    }
}
