package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.check.SharedSecretMask;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Disk;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Host;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Volume;
import io.jenkins.plugins.drbdocfs2.facts.NetworkProbes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares a resource as drbdadm reads it on a node with the requested one, field by field. */
public final class ResourceDifferences {
    private final List<String> found = new ArrayList<>();

    private ResourceDifferences() {}

    /**
     * Each field that differs, with both values, but without any secret.
     *
     * @param asked the requested resource
     * @param written the text written for that generation
     * @param read the resource as drbdadm reads it
     * @param generation the generation
     */
    public static List<String> of(Resource asked, String written, Resource read, DrbdGeneration generation) {
        ResourceDifferences all = new ResourceDifferences();
        all.compare("protocol", asked.protocol(), read.protocol());
        all.compare("dualPrimary", asked.dualPrimary(), read.dualPrimary());
        Map<String, Host> hosts = new TreeMap<>();
        read.hosts().forEach(host -> hosts.put(host.node(), host));
        all.compare(
                "nodes", new TreeSet<>(asked.hosts().stream().map(Host::node).toList()), hosts.keySet());
        asked.hosts().forEach(host -> all.compare(host, hosts.get(host.node()), generation));
        all.compare("volumes", new TreeSet<>(asked.volumeNumbers()), new TreeSet<>(read.volumeNumbers()));
        for (Volume volume : asked.volumes()) {
            read.volumes().stream()
                    .filter(other -> other.number() == volume.number())
                    .forEach(other -> all.compare(asked, volume, other));
        }
        all.compareOptions(ResourceText.parse(written), read);
        return List.copyOf(all.found);
    }

    private void compare(String field, Object asked, Object read) {
        if (!Objects.equals(asked, read)) {
            found.add(field + ": asked for " + asked + ", drbdadm reads " + read);
        }
    }

    private void compare(Host asked, Host read, DrbdGeneration generation) {
        if (read == null) {
            return;
        }
        String of = " of " + asked.node();
        compare("address" + of, canonical(asked.address()), canonical(read.address()));
        compare("port" + of, asked.port(), read.port());
        if (generation == DrbdGeneration.V9) {
            compare("node-id" + of, asked.nodeId(), read.nodeId());
        }
    }

    private static String canonical(String address) {
        return NetworkProbes.canonical(address).orElse(address);
    }

    private void compare(Resource resource, Volume asked, Volume read) {
        String of = " of volume " + asked.number();
        compare("device" + of, asked.device(), read.device());
        compare("minor" + of, asked.minor(), read.minor());
        for (Host host : resource.hosts()) {
            Disk want = asked.disks().get(host.node());
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
        EffectiveOptions wants = new EffectiveOptions(written.options(), List.of());
        for (String[] option : wants.names()) {
            List<String> mine = wants.values(option[0], option[1]);
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
