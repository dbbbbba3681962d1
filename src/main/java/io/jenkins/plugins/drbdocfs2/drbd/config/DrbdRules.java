package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Item;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Section;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Statement;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Host;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Volume;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The rules of DRBD, stricter than drbdadm, which accepts a resource named {@code all}, protocol A with two Primaries, and
 * more. Each check throws {@link io.jenkins.plugins.drbdocfs2.check.InvalidParameterException}.
 */
public final class DrbdRules {
    /** The highest minor number: DRBD's minor numbers have 20 bits. drbd.conf(5). */
    public static final int MAX_MINOR = (1 << 20) - 1;

    /** The highest volume number. drbd_limits.h. */
    public static final int MAX_VOLUME = 65535;

    /** The longest shared secret. It is one less than in the manual page: the parser of DRBD 9 refuses 64. */
    public static final int MAX_SECRET = 63;

    /** The most nodes of a resource with DRBD 9. */
    public static final int MAX_NODES = 32;

    private static final String ONCE = "be used once on the node ";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9])?");
    private static final Pattern DEVICE = Pattern.compile("/dev/drbd(\\d{1,7}|_[A-Za-z0-9][A-Za-z0-9_.-]{0,63})");
    // Only these are DRBD devices: other paths with this prefix can be anything, such as a volume group named drbdpool.
    private static final Pattern OWN_DEVICE = Pattern.compile("/dev/drbd(\\d{1,7}|/by-(res|disk)/.*)");
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9_.+@:=,/-]{1,200}");

    private DrbdRules() {}

    /** Checks the name of a resource, which is also a file name and a word of commands. */
    public static String resourceName(String parameter, String name) {
        Check.matches(
                parameter,
                name,
                NAME,
                "begin with a letter or digit and have letters, digits, '_', '.' and '-' only, at most 64");
        Check.that(!name.equals("all"), parameter, name, "not be all, which means every resource to drbdadm");
        return name;
    }

    /** Checks a TCP port. */
    public static int port(String parameter, long port) {
        return Check.range(parameter, port, 1, 65535);
    }

    /** Checks the path of a device: {@code /dev/drbd0} or {@code /dev/drbd_name}. */
    public static String device(String parameter, String path) {
        return Check.matches(parameter, path, DEVICE, "be /dev/drbd and a number, or /dev/drbd_ and a name");
    }

    /** Checks a protocol in upper or lower case, and returns it in upper case. */
    public static String protocol(String parameter, String protocol) {
        String capital = protocol == null ? null : protocol.toUpperCase(Locale.ROOT);
        return Check.oneOf(parameter, capital, List.of("A", "B", "C"));
    }

    /** Checks a whole resource, for every generation of DRBD. */
    public static void check(Resource resource) {
        resourceName("resource", resource.name());
        protocol("protocol", resource.protocol());
        Check.that(resource.hosts().size() >= 2, "nodes", resource.hosts().size(), "be two or more for a resource");
        Check.range("nodes", resource.hosts().size(), 2, MAX_NODES);
        Check.that(!resource.volumes().isEmpty(), "volumes", null, "be given: a resource needs at least one");
        resource.hosts().forEach(DrbdRules::checkHost);
        unique("nodes", resource.hosts(), Host::node, "a node");
        unique("nodes", resource.hosts(), host -> host.address() + ":" + host.port(), "an address and port");
        unique("nodes", resource.hosts(), Host::nodeId, "a node id");
        resource.volumes().forEach(volume -> checkVolume(resource, volume));
        unique("volumes", resource.volumes(), Volume::number, "a volume's number");
        unique("volumes", resource.volumes(), Volume::minor, "a minor number");
        unique("volumes", resource.volumes(), Volume::device, "a device");
        checkDisks(resource);
        resource.options().forEach(section -> checkOptions(section, resource.dualPrimary()));
        if (resource.dualPrimary()) {
            Check.that(
                    resource.protocol().equals("C"),
                    "protocol",
                    resource.protocol(),
                    "be C where two nodes may be Primary");
            Check.that(
                    resource.hosts().size() == 2 && resource.diskfulHosts() == 2,
                    "dualPrimary",
                    resource.diskfulHosts() + " of " + resource.hosts().size() + " nodes with a disk",
                    "have exactly two nodes, each with a disk");
        }
    }

    /** Checks what a generation of DRBD does not support. */
    public static void checkDialect(Resource resource, DrbdGeneration generation) {
        if (generation == DrbdGeneration.V9) {
            return;
        }
        Check.that(
                resource.hosts().size() == 2,
                "nodes",
                resource.hosts().size(),
                "be two: DRBD 8 replicates between two nodes, more need DRBD 9");
        boolean diskful = resource.volumes().stream()
                .allMatch(volume -> volume.disks().size() == resource.hosts().size());
        Check.that(diskful, "disk", "none on a node", "be given for each node: nodes without a disk need DRBD 9");
        boolean single =
                resource.volumes().size() == 1 && resource.volumes().get(0).number() == 0;
        Check.that(
                generation == DrbdGeneration.V84 || single,
                "volumes",
                resource.volumes().size(),
                "be one with the number 0: more need DRBD 8.4 or 9");
    }

    private static void checkHost(Host host) {
        Check.matches("node", host.node(), NODE, "be a host name");
        Check.that(host.address() != null && !host.address().isBlank(), "address", host.address(), "be given");
        port("port", host.port());
        Check.range("node id", host.nodeId(), 0, MAX_NODES - 1);
    }

    private static void checkVolume(Resource resource, Volume volume) {
        Check.range("volume", volume.number(), 0, MAX_VOLUME);
        Check.range("minor", volume.minor(), 0, MAX_MINOR);
        device("device", volume.device());
        String number = volume.device().substring("/dev/drbd".length());
        Check.that(
                number.startsWith("_") || number.equals(String.valueOf(volume.minor())),
                "device",
                volume.device(),
                "have the number " + volume.minor() + " of its minor");
        Check.that(!volume.disks().isEmpty(), "disk", "none on all nodes", "be given for at least one node");
        volume.disks().forEach((node, disk) -> {
            Check.that(resource.host(node) != null, "nodeDisks", node, "name nodes of the resource");
            path("disk", disk.device());
            if (!disk.metaDisk().isInternal()) {
                path("metaDisk", disk.metaDisk().device());
            }
        });
    }

    private static void path(String parameter, String path) {
        Check.matches(
                parameter, path, PATH, "be an absolute path of letters, digits and _ . + @ : = , - of at most 200");
        Check.that(!OWN_DEVICE.matcher(path).matches(), parameter, path, "not be a DRBD device itself");
    }

    /** Checks that no disk is used twice on a node, for data or metadata. A metadata device may have several slots. */
    private static void checkDisks(Resource resource) {
        for (Host host : resource.hosts()) {
            Set<String> used = new HashSet<>();
            Set<String> slots = new HashSet<>();
            for (Volume volume : resource.volumes()) {
                Resource.Disk disk = volume.disks().get(host.node());
                if (disk != null) {
                    once(used, "disk", disk.device(), host);
                    MetaDisk metaDisk = disk.metaDisk();
                    if (metaDisk.index() != null) {
                        once(slots, "metaDisk", metaDisk.toString(), host);
                        slots.add(metaDisk.device());
                    } else if (!metaDisk.isInternal()) {
                        once(used, "metaDisk", metaDisk.device(), host);
                    }
                }
            }
            used.retainAll(slots);
            used.forEach(device -> Check.that(false, "metaDisk", device, ONCE + host.node()));
        }
    }

    private static void once(Set<String> used, String parameter, String device, Host host) {
        Check.that(used.add(device), parameter, device, ONCE + host.node());
    }

    private static <T> void unique(String parameter, List<T> list, Function<T, Object> key, String what) {
        Set<Object> seen = new HashSet<>();
        for (T element : list) {
            Object value = key.apply(element);
            Check.that(seen.add(value), parameter, value, "not have " + what + " twice");
        }
    }

    private static void checkOptions(Section section, boolean dualPrimary) {
        for (Item item : section.items()) {
            if (item instanceof Section inner) {
                checkOptions(inner, dualPrimary);
            } else if (item instanceof Statement statement) {
                checkOption(statement, dualPrimary);
            }
        }
    }

    private static void checkOption(Statement statement, boolean dualPrimary) {
        String value = statement.value();
        boolean afterSplitBrain = statement.name().startsWith("after-sb-");
        Check.that(
                !(afterSplitBrain || statement.name().equals("rr-conflict")) || !value.startsWith("violently"),
                statement.name(),
                value,
                "not be violently: it discards data silently");
        if (statement.name().equals(ConfigText.SECRET)) {
            int length = value.getBytes(StandardCharsets.UTF_8).length;
            Check.that(
                    length >= 1 && length <= MAX_SECRET,
                    "'" + ConfigText.SECRET + "'", // not as a statement, whose value would be masked
                    length + " bytes long",
                    "be 1 to " + MAX_SECRET + " bytes long");
        }
        Check.that(
                dualPrimary || !statement.name().equals("become-primary-on") || !value.equals("both"),
                "become-primary-on",
                value,
                "name one node where dualPrimary is not set");
        Check.that(!statement.name().equals("include"), "options", "include", "not include files");
    }
}
