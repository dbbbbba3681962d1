package hudson.util;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;

/** Something that is kept encrypted in Jenkins; here it is in memory only. */
public final class Secret implements Serializable {
    private static final long serialVersionUID = 1L;
    private final @NonNull String value;

    private Secret(@NonNull String value) {
        this.value = value;
    }

    /** From the plain text. */
    public static @NonNull Secret fromString(@CheckForNull String data) {
        return new Secret(data == null ? "" : data);
    }

    /** The plain text. */
    public @NonNull String getPlainText() {
        return value;
    }

    /** The plain text, or null for null. */
    public static @CheckForNull String toString(@CheckForNull Secret s) {
        return s == null ? null : s.value;
    }

    /** The plain text, as in Jenkins: a leak here is a leak there. */
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
