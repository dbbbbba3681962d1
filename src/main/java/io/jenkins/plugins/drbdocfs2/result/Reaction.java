package io.jenkins.plugins.drbdocfs2.result;

import io.jenkins.plugins.drbdocfs2.check.Check;
import java.util.Arrays;
import java.util.Locale;

/** What a finding does to the build. */
public enum Reaction {
    /** Nothing. */
    NONE,
    /** The build becomes unstable and continues. */
    UNSTABLE,
    /** The build fails. */
    FAIL;

    /** The value of the parameter. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the value of a parameter.
     *
     * @return {@link #NONE} for null or blank
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException for any other word
     */
    public static Reaction parse(String parameter, String value) {
        return value == null || value.isBlank()
                ? NONE
                : Arrays.stream(values())
                        .filter(reaction -> reaction.word().equals(value))
                        .findFirst()
                        .orElseThrow(() -> Check.wrong(parameter, value, "be none, unstable or fail"));
    }
}
