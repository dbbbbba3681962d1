package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import java.util.List;
import java.util.Set;

/** The rules for mount points in parameters. */
public final class MountPointRules {
    private static final int MAX = 1000;

    /** System directories; neither they nor directories below them are allowed. */
    private static final Set<String> SYSTEM =
            Set.of("bin", "boot", "dev", "etc", "lib", "lib32", "lib64", "libx32", "proc", "sbin", "sys", "usr");

    /** Directories that are not allowed themselves; directories below them are. */
    private static final Set<String> TOP = Set.of("home", "media", "opt", "root", "run", "srv", "tmp", "var");

    private static final Set<String> BELOW_VAR = Set.of("lib", "log", "run", "lock", "cache", "spool", "tmp");

    private MountPointRules() {}

    /**
     * Checks a mount point. {@code /mnt} and {@code /srv/x} are allowed; {@code /}, system directories and {@code /srv} are
     * not.
     *
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if it is not allowed
     */
    public static String check(String parameter, String path) {
        Check.given(parameter, path);
        ParameterText.line(parameter, path);
        Check.that(path.startsWith("/"), parameter, path, "be an absolute path");
        Check.that(path.length() <= MAX, parameter, path, "be a path of at most " + MAX + " characters");
        Check.that(
                path.chars().noneMatch(c -> "\"'\\`$".indexOf(c) >= 0),
                parameter,
                path,
                "have no quotes, backslashes nor dollars");
        Check.that(path.length() > 1, parameter, path, "not be the root directory");
        List<String> parts = List.of(path.substring(1).split("/", -1));
        Check.that(
                !parts.contains("") && !parts.contains(".") && !parts.contains(".."),
                parameter,
                path,
                "be a path without '//', '.', '..' or '/' at its end");
        boolean system = SYSTEM.contains(parts.get(0))
                || parts.size() == 1 && TOP.contains(parts.get(0))
                || parts.size() == 2 && parts.get(0).equals("var") && BELOW_VAR.contains(parts.get(1));
        Check.that(!system, parameter, path, "not be one of the system's own directories");
        return path;
    }
}
