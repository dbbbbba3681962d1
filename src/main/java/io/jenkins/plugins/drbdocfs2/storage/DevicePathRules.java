package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.check.Check;
import java.util.List;
import java.util.regex.Pattern;

/** The rules for device paths in parameters. */
public final class DevicePathRules {
    private static final Pattern PATH = Pattern.compile("/dev/[A-Za-z0-9_.+@:=,/-]{1,195}");

    private DevicePathRules() {}

    /**
     * Checks a path below {@code /dev}.
     *
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if it is none
     */
    public static String check(String parameter, String path) {
        Check.matches(
                parameter, path, PATH, "be a path below /dev of letters, digits and _ . + @ : = , - of at most 200");
        List<String> parts = List.of(path.substring(1).split("/", -1));
        Check.that(
                !parts.contains("") && !parts.contains(".") && !parts.contains(".."),
                parameter,
                path,
                "be a path without '//', '.', '..' or '/' at its end");
        return path;
    }
}
