package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.check.SharedSecretMask;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Item;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Section;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Statement;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Word;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Disk;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Host;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Volume;
import io.jenkins.plugins.drbdocfs2.facts.NetworkProbes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares a resource as drbdadm reads it on a node with the requested one, field by field. */
public final class ResourceDifferences {
    private final List<String> found = new ArrayList<>();

    private ResourceDifferences() {}

    /**
     * Each field that differs, with both values, but without any secret.
     *
     * @param requested the requested resource
     * @param written the text written for that generation
     * @param read the resource as drbdadm reads it
     * @param generation the generation
     */
    public static List<String> of(Resource requested, String written, Resource read, DrbdGeneration generation) {
        ResourceDifferences all = new ResourceDifferences();
        all.compare("protocol", requested.protocol(), read.protocol());
        all.compare("dualPrimary", requested.dualPrimary(), read.dualPrimary());
        Map<String, Host> hosts = new TreeMap<>();
        read.hosts().forEach(host -> hosts.put(host.node(), host));
        all.compare(
                "nodes",
                new TreeSet<>(requested.hosts().stream().map(Host::node).toList()),
                hosts.keySet());
        requested.hosts().forEach(host -> all.compare(host, hosts.get(host.node()), generation));
        all.compare("volumes", new TreeSet<>(requested.volumeNumbers()), new TreeSet<>(read.volumeNumbers()));
        for (Volume volume : requested.volumes()) {
            read.volumes().stream()
                    .filter(other -> other.number() == volume.number())
                    .forEach(other -> all.compare(requested, volume, other));
        }
        all.compareOptions(ResourceText.parse(written), read);
        return List.copyOf(all.found);
    }

    /** Whether drbdadm reads the requested resource on a node, with the requested options and no others. */
    public static boolean isSame(Resource requested, String written, Resource read, DrbdGeneration generation) {
        return of(requested, written, read, generation).isEmpty()
                && options(ResourceText.parse(written).options(), generation)
                        .equals(options(read.options(), generation));
    }

    /** The same for a node whose section common may also apply to the resource. */
    public static boolean isSame(
            Resource requested, String written, ConfiguredResource read, DrbdGeneration generation) {
        return read.isKnown()
                && read.isConfigured()
                && !isChangedBy(read.common(), requested)
                && isSame(requested, written, read.resource(), generation);
    }

    // A resource has these from common if it does not set them itself, which its model does not tell.
    private static boolean isChangedBy(List<Section> common, Resource resource) {
        EffectiveOptions options = new EffectiveOptions(common, List.of());
        return options.value("protocol")
                        .filter(protocol -> !protocol.equalsIgnoreCase(resource.protocol()))
                        .isPresent()
                || options.allowsTwoPrimaries() && !resource.dualPrimary();
    }

    private static Set<String> options(List<Section> sections, DrbdGeneration generation) {
        Set<String> options = new TreeSet<>();
        OptionTranslation.translate(sections, generation).sections().forEach(section -> collect("", section, options));
        return options;
    }

    private static void collect(String place, Section section, Set<String> options) {
        String inside = place + section.name() + " "
                + section.arguments().stream().map(Word::text).collect(Collectors.joining(" ")) + "{";
        for (Item item : section.items()) {
            if (item instanceof Section inner) {
                collect(inside, inner, options);
            } else if (item instanceof Statement statement && !item.name().startsWith("_")) {
                options.add(inside + item.name() + " " + (statement.value().isEmpty() ? "yes" : statement.value()));
            }
        }
    }

    private void compare(String field, Object requested, Object read) {
        if (!Objects.equals(requested, read)) {
            found.add(field + ": requested " + requested + ", drbdadm reads " + read);
        }
    }

    private void compare(Host requested, Host read, DrbdGeneration generation) {
        if (read == null) {
            return;
        }
        String of = " of " + requested.node();
        compare("address" + of, canonical(requested.address()), canonical(read.address()));
        compare("port" + of, requested.port(), read.port());
        if (generation == DrbdGeneration.V9) {
            compare("node-id" + of, requested.nodeId(), read.nodeId());
        }
    }

    private static String canonical(String address) {
        return NetworkProbes.canonical(address).orElse(address);
    }

    private void compare(Resource resource, Volume requested, Volume read) {
        String of = " of volume " + requested.number();
        compare("device" + of, requested.device(), read.device());
        compare("minor" + of, requested.minor(), read.minor());
        for (Host host : resource.hosts()) {
            Disk want = requested.disks().get(host.node());
            Disk has = read.disks().get(host.node());
            String on = of + " on " + host.node();
            compare("disk" + on, want == null ? "none" : want.device(), has == null ? "none" : has.device());
            if (want != null && has != null) {
                compare(
                        "metaDisk" + on,
                        want.metaDisk().toString(),
                        has.metaDisk().toString());
            }
        }
    }

    // drbdadm has parsed the words already, so only words that it prints unchanged are compared.
    private void compareOptions(Resource written, Resource read) {
        EffectiveOptions has = new EffectiveOptions(read.options(), List.of());
        EffectiveOptions wanted = new EffectiveOptions(written.options(), List.of());
        for (String[] option : wanted.names()) {
            List<String> mine = wanted.values(option[0], option[1]);
            List<String> others = has.values(option[0], option[1]);
            boolean own = !option[1].startsWith("_"); // such as _name, which each node has of the other
            if (own && !others.isEmpty() && !plain(mine).equals(plain(others))) {
                boolean secret = option[1].equals(ConfigText.SECRET);
                compare(
                        option[1],
                        secret ? SharedSecretMask.MASK : String.join(", ", mine),
                        secret ? "another" : String.join(", ", others));
            }
        }
    }

    private static List<String> plain(List<String> values) {
        return values.stream()
                .map(value -> value.isEmpty() ? "yes" : value)
                .sorted()
                .toList();
    }
}
