package io.jenkins.plugins.drbdocfs2.check;

import java.util.regex.Pattern;

/** Hides the secret of a DRBD resource in texts that quote its configuration or a command. */
public final class SharedSecretMask {
    /** The replacement of a secret. */
    public static final String MASK = "********";

    /** The keyword, the text between it and its value, and the value: quoted, with shell escapes, or plain. */
    private static final Pattern SECRETS = Pattern.compile("(shared-secret(?:\"\\s+value)?(?:\\s+|=)\\s*)"
            + "(\"(?:[^\"\\\\\\n]|\\\\.)*+\"?|'[^'\\n]*+'?|(?:[^\\s;\"'\\\\]|\\\\.?)++)");

    private SharedSecretMask() {}

    /**
     * Replaces the secrets in any text that quotes a configuration or a command: .res files, {@code drbdadm dump},
     * {@code dump-xml}, {@code drbdadm -d adjust} and diffs of them.
     */
    public static String apply(String text) {
        return SECRETS.matcher(text).replaceAll("$1" + MASK);
    }
}
