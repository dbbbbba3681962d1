package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The limits of mkfs.xfs; validate_supported() in xfsprogs' mkfs/xfs_mkfs.c. */
public final class XfsRules {
    /** The minimum size in bytes since 5.19. */
    public static final long MIN_BYTES = 300L << 20;

    private static final Pattern VERSION = Pattern.compile("version (\\d{1,4})\\.(\\d{1,4})(\\S*)");
    private static final int MAJOR = 5;
    private static final int MINOR = 19;

    private XfsRules() {}

    /** Probes the version of mkfs.xfs if it makes no filesystem of less than {@link #MIN_BYTES}; else empty. */
    public static Probe<String> probe() {
        return new Probe<>("version of mkfs.xfs", "mkfs.xfs -V", reading -> {
                    Matcher matcher = VERSION.matcher(reading.text());
                    if (!matcher.find()) {
                        return "";
                    }
                    int major = Integer.parseInt(matcher.group(1));
                    int minor = Integer.parseInt(matcher.group(2));
                    boolean limited = major > MAJOR || major == MAJOR && minor >= MINOR;
                    return limited ? major + "." + minor + matcher.group(3) : "";
                })
                .lasting(version -> !version.isEmpty());
    }
}
