package io.jenkins.plugins.drbdocfs2.check;

import java.util.regex.Pattern;

/** Hides the secret of a DRBD resource in texts that quote its configuration or a command. */
public final class SharedSecretMask {
    /** What a secret is shown as. */
    public static final String MASK = "********";

    /** The word, what is between it and its value, and the value: quoted, with escapes of a shell, or plain. */
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
