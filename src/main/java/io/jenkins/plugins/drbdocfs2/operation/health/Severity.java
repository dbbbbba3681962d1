package io.jenkins.plugins.drbdocfs2.operation.health;

import java.util.Locale;

/** How bad a problem is; the worst comes first. */
public enum Severity {
    /** The service has stopped, or data are being lost, or one of the two is close. */
    CRITICAL,
    /** Something does not work: the next fault may stop the service or lose data. */
    ERROR,
    /** Everything works, but not for long, or not after the next reboot. */
    WARNING;

    /** The word in a result. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
