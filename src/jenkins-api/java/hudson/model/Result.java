package hudson.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;
import java.util.List;

/** How a build ended. */
public final class Result implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Well. */
    public static final @NonNull Result SUCCESS = new Result("SUCCESS", 0, true);

    /** With something to look at. */
    public static final @NonNull Result UNSTABLE = new Result("UNSTABLE", 1, true);

    /** Badly. */
    public static final @NonNull Result FAILURE = new Result("FAILURE", 2, true);

    /** Not at all. */
    public static final @NonNull Result NOT_BUILT = new Result("NOT_BUILT", 3, false);

    /** Cut off. */
    public static final @NonNull Result ABORTED = new Result("ABORTED", 4, false);

    private static final List<Result> ALL = List.of(SUCCESS, UNSTABLE, FAILURE, NOT_BUILT, ABORTED);

    private final @NonNull String name;

    /** Higher is worse. */
    public final int ordinal;

    /** Whether it ran to its end. */
    public final boolean completeBuild;

    private Result(String name, int ordinal, boolean completeBuild) {
        this.name = name;
        this.ordinal = ordinal;
        this.completeBuild = completeBuild;
    }

    /** The worse of both. */
    public @NonNull Result combine(@NonNull Result that) {
        return ordinal < that.ordinal ? that : this;
    }

    /** Whether this is worse. */
    public boolean isWorseThan(@NonNull Result that) {
        return ordinal > that.ordinal;
    }

    /** Whether this is worse or the same. */
    public boolean isWorseOrEqualTo(@NonNull Result that) {
        return ordinal >= that.ordinal;
    }

    /** Whether this is better. */
    public boolean isBetterThan(@NonNull Result that) {
        return ordinal < that.ordinal;
    }

    /** Whether this is better or the same. */
    public boolean isBetterOrEqualTo(@NonNull Result that) {
        return ordinal <= that.ordinal;
    }

    /** The result of a name; FAILURE where there is none such. */
    public static @NonNull Result fromString(@NonNull String s) {
        return ALL.stream().filter(r -> r.name.equalsIgnoreCase(s)).findFirst().orElse(FAILURE);
    }

    private Object readResolve() {
        return fromString(name);
    }

    @Override
    public @NonNull String toString() {
        return name;
    }
}
