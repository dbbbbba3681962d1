package io.jenkins.plugins.drbdocfs2.operation.view;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Mount options, and the additional ones in fstab(5) for a mount at boot. systemd.mount(5). */
public final class MountOptions {
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9]{1,15}");
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_.:=/@%+-]++(,[A-Za-z0-9_.:=/@%+-]++)*+");

    // More than systemd's 90 s: it waits for the device from the start of the boot, and DRBD creates it only when the
    // network is up. Mounting can also take as long as the heartbeat needs to declare a lost peer dead.
    private static final String PATIENCE = "10min";

    private static final String DEVICE_TIMEOUT = "x-systemd.device-timeout=";
    private static final String MOUNT_TIMEOUT = "x-systemd.mount-timeout=";
    private static final Set<String> ADDED =
            Set.of("noauto", "_netdev", "nofail", DEVICE_TIMEOUT + PATIENCE, MOUNT_TIMEOUT + PATIENCE);

    private static final String OCFS2 = "ocfs2";
    private static final String NOFAIL = "nofail";

    private final List<String> given;

    /** @param text options separated by commas, or null */
    public MountOptions(String text) {
        this.given = text == null
                ? List.of()
                : Arrays.stream(text.split(","))
                        .filter(option -> !option.equals("defaults"))
                        .toList();
    }

    /** Checks the type of a filesystem. */
    public static void checkType(String parameter, String type) {
        Check.matches(parameter, type, TYPE, "be a type of filesystem such as ocfs2, xfs or ext4");
    }

    /** Checks options in a parameter. */
    public static void check(String parameter, String text) {
        if (text != null) {
            Check.matches(
                    parameter, text, FORM, "be mount options separated by commas, without blanks, such as noatime,acl");
        }
    }

    /** Whether they include nofail, which is not possible for OCFS2. */
    public boolean hasNofail() {
        return given.contains(NOFAIL);
    }

    /** The options for mount(8), possibly empty. */
    public String forMount() {
        return String.join(",", forKernel());
    }

    private List<String> forKernel() {
        return given.stream()
                .filter(option -> !option.startsWith("x-")
                        && !Set.of("_netdev", NOFAIL, "noauto", "auto").contains(option))
                .toList();
    }

    /** The options that a mount lacks, as far as the kernel reports them. */
    public List<String> missingIn(Mount mount) {
        Set<String> has = new LinkedHashSet<>(Arrays.asList(mount.options().split(",")));
        has.addAll(Arrays.asList(mount.superOptions().split(",")));
        return forKernel().stream().filter(option -> !has.contains(option)).toList();
    }

    /**
     * The options for fstab. A cluster filesystem is mounted after the network, DRBD and o2cb are up. Any other filesystem
     * on DRBD is not mounted at boot, because only the Primary can mount it. The boot does not wait for other mounts and
     * does not fail without them, except for OCFS2: mount(8) and {@code mount -at ocfs2} of the service ocfs2 pass nofail to
     * mount.ocfs2 and so to the kernel, which rejects it.
     *
     * @param type the type of filesystem
     * @param clustered whether it is a cluster filesystem
     * @param onDrbd whether it is on a DRBD device
     * @param services the services that it needs
     */
    public String forFstab(String type, boolean clustered, boolean onDrbd, List<String> services) {
        Set<String> options = new LinkedHashSet<>(given);
        if (!clustered && onDrbd) {
            options.add("noauto");
        } else {
            if (clustered) {
                options.add("_netdev");
            }
            options.add(NOFAIL);
        }
        if (type.equals(OCFS2)) {
            options.remove(NOFAIL);
        }
        if (clustered && !options.contains("noauto")) {
            if (onDrbd) {
                addTimeout(options, DEVICE_TIMEOUT);
            }
            addTimeout(options, MOUNT_TIMEOUT);
            services.forEach(service -> options.add("x-systemd.requires=" + service + ".service"));
        }
        return String.join(",", options);
    }

    /**
     * The options in a line of fstab(5) without those that {@link #forFstab} adds; null if there are no others. A line in
     * which it would add others has to be compared with {@link #same}.
     */
    public static String given(String fstabOptions) {
        String given = words(fstabOptions).stream()
                .filter(option -> !ADDED.contains(option) && !option.startsWith("x-systemd.requires="))
                .collect(Collectors.joining(","));
        return given.isEmpty() ? null : given;
    }

    private void addTimeout(Set<String> options, String name) {
        if (given.stream().noneMatch(option -> option.startsWith(name))) {
            options.add(name + PATIENCE);
        }
    }

    /** Whether two lists of options are equal, in any order. */
    public static boolean same(String one, String other) {
        return new LinkedHashSet<>(words(one)).equals(new LinkedHashSet<>(words(other)));
    }

    private static List<String> words(String options) {
        List<String> words = new ArrayList<>(Arrays.asList(options.split(",")));
        words.remove("defaults");
        return words;
    }
}
