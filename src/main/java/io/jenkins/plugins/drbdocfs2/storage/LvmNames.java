package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.check.Check;
import java.util.List;
import java.util.regex.Pattern;

/** What LVM takes as names of groups and volumes: lvm(8), "VALID NAMES". */
public final class LvmNames {
    /** How long the names of a group and a volume may be together; a hyphen counts twice, since device-mapper doubles it. */
    public static final int MOST_TOGETHER = 100;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_+.][A-Za-z0-9_+.-]*");
    private static final List<String> RESERVED_BEGINNINGS = List.of("snapshot", "pvmove");
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

    private LvmNames() {}

    /**
     * Checks the name of a volume group.
     *
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if LVM does not take it
     */
    public static String group(String parameter, String name) {
        return form(parameter, name);
    }

    /**
     * Checks the name of a logical volume.
     *
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if LVM does not take it or keeps it for itself
     */
    public static String volume(String parameter, String name) {
        form(parameter, name);
        boolean reserved = RESERVED_BEGINNINGS.stream().anyMatch(name::startsWith)
                || RESERVED_PARTS.stream().anyMatch(name::contains);
        Check.that(
                !reserved,
                parameter,
                name,
                "be no name that LVM keeps for itself (snapshot…, pvmove…, …_mlog and the like)");
        return name;
    }

    /**
     * Checks that the names of a group and of a volume in it are short enough together.
     *
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if they are not
     */
    public static void together(String parameter, String group, String name) {
        int length = (group + name).replace("-", "--").length();
        Check.that(
                length <= MOST_TOGETHER,
                parameter,
                name,
                "have at most " + MOST_TOGETHER + " characters together with its group, each hyphen counted twice");
    }

    private static String form(String parameter, String name) {
        Check.given(parameter, name);
        Check.that(
                FORM.matcher(name).matches() && !name.equals(".") && !name.equals(".."),
                parameter,
                name,
                "be letters, digits and _ + . - only, not beginning with a hyphen, nor . or ..");
        return name;
    }
}
