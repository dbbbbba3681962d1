package hudson.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;
import java.util.List;

/** The result of a build. */
public final class Result implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final @NonNull Result SUCCESS = new Result("SUCCESS", 0, true);

    public static final @NonNull Result UNSTABLE = new Result("UNSTABLE", 1, true);

    public static final @NonNull Result FAILURE = new Result("FAILURE", 2, true);

    public static final @NonNull Result NOT_BUILT = new Result("NOT_BUILT", 3, false);

    public static final @NonNull Result ABORTED = new Result("ABORTED", 4, false);

    private static final List<Result> ALL = List.of(SUCCESS, UNSTABLE, FAILURE, NOT_BUILT, ABORTED);

    private final @NonNull String name;

    public final int ordinal;

    public final boolean completeBuild;

    private Result(String name, int ordinal, boolean completeBuild) {
        this.name = name;
        this.ordinal = ordinal;
        this.completeBuild = completeBuild;
    }

    public @NonNull Result combine(@NonNull Result that) {
        return ordinal < that.ordinal ? that : this;
    }

    public boolean isWorseThan(@NonNull Result that) {
        return ordinal > that.ordinal;
    }

    public boolean isWorseOrEqualTo(@NonNull Result that) {
        return ordinal >= that.ordinal;
    }

    public boolean isBetterThan(@NonNull Result that) {
        return ordinal < that.ordinal;
    }

    public boolean isBetterOrEqualTo(@NonNull Result that) {
        return ordinal <= that.ordinal;
    }

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
