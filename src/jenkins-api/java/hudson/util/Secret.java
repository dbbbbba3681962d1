package hudson.util;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;

/** A secret, which Jenkins stores encrypted; here it is only in memory. */
public final class Secret implements Serializable {
    private static final long serialVersionUID = 1L;
    private final @NonNull String value;

    private Secret(@NonNull String value) {
        this.value = value;
    }

    public static @NonNull Secret fromString(@CheckForNull String data) {
        return new Secret(data == null ? "" : data);
    }

    public @NonNull String getPlainText() {
        return value;
    }

    public static @CheckForNull String toString(@CheckForNull Secret s) {
        return s == null ? null : s.value;
    }

    /** The plain text as in Jenkins, so that a leak in Jenkins is also one here. */
    @Override
    @Deprecated
    public String toString() {
        return value;
    }

    @Override
    public boolean equals(Object that) {
        return that instanceof Secret secret && value.equals(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
