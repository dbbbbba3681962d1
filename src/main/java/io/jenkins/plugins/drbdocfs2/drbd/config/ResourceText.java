package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Item;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Section;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Statement;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Word;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Disk;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Host;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The text of a resource's file, {@code /etc/drbd.d/NAME.res}, in the syntax of each generation of DRBD. Equal resources
 * give equal texts.
 */
public final class ResourceText {
    /** The first line of each file. */
    public static final String HEADER = "# Written by drbd-ocfs2-steps; edits are replaced.\n";

    /** The line of a file that records {@link PeerLossPolicy#CONTINUE} for two Primaries. */
    public static final String CONTINUES = "# A node that loses its peer continues alone (onPeerLoss: 'continue').\n";

    /** The same line as version 1.0 wrote it. */
    public static final String UNFENCED_ACCEPTED = "# Two Primaries without fencing are accepted (acceptUnfenced).\n";

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9.]*");

    private static final Set<String> WORDS = Set.of(
            ("address after all ask bitmap bwlimit common compression connection device disk fencing floating global"
                            + " handlers host hosts include inside internal ipv4 ipv6 memlimit minor net no none on"
                            + " options outside path plugin port protocol proxy rate resource sci sdp size skip ssocks"
                            + " startup syncer tiebreaker timeout transport via volume yes")
                    .split(" "));

    private ResourceText() {}

    /**
     * A rendered resource.
     *
     * @param text the text of the file
     * @param notes sentences about options that were translated or left out
     */
    public record Rendered(String text, List<String> notes) {
        /** The same with the line {@link #CONTINUES}. */
        public Rendered continuing() {
            return new Rendered(HEADER + CONTINUES + text.substring(HEADER.length()), notes);
        }
    }

    /**
     * The text of the file, including secrets.
     *
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if that generation does not support such a
     *     resource
     */
    public static String render(Resource resource, DrbdGeneration generation) {
        return write(resource, generation).text();
    }

    /** The text of the file, with notes. */
    public static Rendered write(Resource resource, DrbdGeneration generation) {
        DrbdRules.checkDialect(resource, generation);
        OptionTranslation.Translation options = OptionTranslation.translate(withDualPrimary(resource), generation);
        List<Item> items = new ArrayList<>();
        items.add(Statement.of("protocol", resource.protocol()));
        items.addAll(options.sections());
        for (Host host : resource.hosts()) {
            items.add(on(resource, host, generation));
        }
        if (needsMesh(resource, options.sections())) {
            items.add(mesh(resource));
        }
        Section section = new Section("resource", List.of(name(resource.name())), items);
        return new Rendered(HEADER + new ConfigText(List.of(section)).render(), options.notes());
    }

    /**
     * Parses a file with one resource, in the syntax of any generation; comments are dropped. Settings may be at the level
     * of the resource or in {@code on}. What the model does not have is refused: floating, stacked and proxied resources,
     * devices or minor numbers that differ between nodes, options of single volumes, addresses in connections.
     *
     * @throws TextFormatException if it is not in the syntax of drbd.conf(5), or is not such a resource
     */
    public static Resource parse(String text) {
        return new ResourceParser().parse(ConfigText.parse(text));
    }

    private static List<Section> withDualPrimary(Resource resource) {
        List<Section> options = new ArrayList<>(resource.options());
        if (resource.dualPrimary()) {
            options.add(0, Section.of("net", List.of(Statement.of("allow-two-primaries"))));
        }
        return options;
    }

    private static Section on(Resource resource, Host host, DrbdGeneration generation) {
        List<Item> items = new ArrayList<>();
        items.add(address(host));
        if (generation == DrbdGeneration.V9) {
            items.add(Statement.of("node-id", String.valueOf(host.nodeId())));
        }
        boolean single =
                resource.volumes().size() == 1 && resource.volumes().get(0).number() == 0;
        for (Volume volume : resource.volumes()) {
            List<Item> settings = volume(volume, volume.disks().get(host.node()), generation);
            if (single) {
                items.addAll(settings);
            } else {
                items.add(new Section("volume", List.of(Word.of(String.valueOf(volume.number()))), settings));
            }
        }
        return new Section("on", List.of(name(host.node())), items);
    }

    private static Statement address(Host host) {
        return host.address().indexOf(':') >= 0
                ? Statement.of("address", "ipv6", "[" + host.address() + "]:" + host.port())
                : Statement.of("address", host.address() + ":" + host.port());
    }

    private static List<Item> volume(Volume volume, Disk disk, DrbdGeneration generation) {
        List<Item> items = new ArrayList<>();
        String minor = String.valueOf(volume.minor());
        items.add(
                volume.device().equals("/dev/drbd" + minor)
                        ? Statement.of("device", volume.device())
                        : Statement.of("device", volume.device(), "minor", minor));
        items.add(Statement.of("disk", disk == null ? "none" : disk.device()));
        if (disk != null) {
            items.add(metaDisk(disk.metaDisk(), generation));
        }
        return items;
    }

    private static Statement metaDisk(MetaDisk metaDisk, DrbdGeneration generation) {
        if (metaDisk.isInternal()) {
            return Statement.of("meta-disk", "internal");
        }
        if (metaDisk.index() != null) {
            return Statement.of("meta-disk", metaDisk.device(), "[" + metaDisk.index() + "]");
        }
        return Statement.of(generation == DrbdGeneration.V83 ? "flexible-meta-disk" : "meta-disk", metaDisk.device());
    }

    private static boolean needsMesh(Resource resource, List<Section> options) {
        return resource.hosts().size() > 2
                && options.stream().noneMatch(section -> section.name().startsWith("connection"));
    }

    private static Section mesh(Resource resource) {
        List<Word> words = new ArrayList<>(List.of(Word.of("hosts")));
        resource.hosts().forEach(host -> words.add(name(host.node())));
        return Section.of("connection-mesh", List.of(new Statement(words)));
    }

    /** A name, with quotes if the parsers could take it for a keyword or a number. */
    private static Word name(String name) {
        boolean plain = PLAIN_NAME.matcher(name).matches() && !WORDS.contains(name);
        return new Word(name, !plain);
    }
}
