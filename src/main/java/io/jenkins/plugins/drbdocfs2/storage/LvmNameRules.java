package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.check.Check;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The rules for names of volume groups and logical volumes, lvm(8). Each check throws
 * {@link io.jenkins.plugins.drbdocfs2.check.InvalidParameterException}.
 */
public final class LvmNameRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.+][A-Za-z0-9_.+-]*");
    private static final String RULE = "have letters, digits and + _ . - only and not begin with a hyphen";

    private static final int MAX = 127;

    private static final List<String> RESERVED_PARTS = List.of(
            "_cdata",
            "_cmeta",
            "_corig",
            "_cpool",
            "_cvol",
            "_imeta",
            "_iorig",
            "_mimage",
            "_mlog",
            "_pmspare",
            "_rimage",
            "_rmeta",
            "_tdata",
            "_tmeta",
            "_vdata",
            "_vorigin",
            "_wcorig");

    private LvmNameRules() {}

    /** Checks the name of a volume group. */
    public static String group(String parameter, String name) {
        Check.matches(parameter, name, NAME, RULE);
        Check.that(!name.equals(".") && !name.equals(".."), parameter, name, "not be . or ..");
        Check.that(name.length() <= MAX, parameter, name, "have at most " + MAX + " characters");
        return name;
    }

    /** Checks the name of a logical volume. */
    public static String volume(String parameter, String name) {
        group(parameter, name);
        Check.that(
                !name.startsWith("snapshot") && !name.startsWith("pvmove"),
                parameter,
                name,
                "not begin with snapshot or pvmove, which LVM keeps for itself");
        for (String part : RESERVED_PARTS) {
            Check.that(
                    !name.contains(part), parameter, name, "not have " + part + " in it, which LVM keeps for itself");
        }
        return name;
    }

    /**
     * Checks group and volume together: lvcreate refuses more than 124 characters, and the device-mapper name, where
     * hyphens are doubled, has at most 127.
     */
    public static void both(String parameter, String group, String volume) {
        int plain = group.length() + volume.length() + 3;
        int mapper = doubled(group) + 1 + doubled(volume);
        Check.that(
                Math.max(plain, mapper) <= MAX,
                parameter,
                volume,
                "be shorter: group and name have at most 124 characters together, hyphens counted twice");
    }

    private static int doubled(String name) {
        return name.length() + (int) name.chars().filter(c -> c == '-').count();
    }
}
