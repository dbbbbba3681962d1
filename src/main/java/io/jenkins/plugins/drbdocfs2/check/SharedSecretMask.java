package io.jenkins.plugins.drbdocfs2.check;

import java.util.regex.Pattern;

/**
 * Hides the secret of a DRBD resource in texts that quote its configuration or a command, and secrets in lines of the form
 * {@code password=VALUE}, as in the file of the fencing devices.
 */
public final class SharedSecretMask {
    /** The replacement of a secret. */
    public static final String MASK = "********";

    /** The keyword, the text between it and its value, and the value: quoted, with shell escapes, or plain. */
    private static final Pattern SECRETS = Pattern.compile("(shared-secret(?:\"\\s+value)?(?:\\s+|=)\\s*)"
            + "(\"(?:[^\"\\\\\\n]|\\\\.)*+\"?|'[^'\\n]*+'?|(?:[^\\s;\"'\\\\]|\\\\.?)++)");

    /** A name of a secret: with one of these words, or ending with "key", but not the name of a program that prints it. */
    private static final String SECRET_NAME =
            "(?!\\w*_script=)\\w*(?i:passw|passphrase|secret|token|priv_?key|api_?key|secret_key)\\w*";

    /** A line, perhaps of a diff, that assigns a secret. */
    private static final Pattern LINES = Pattern.compile("(?m)^([ \\t+-]*+" + SECRET_NAME + "=)[^\\n]+$");

    private static final Pattern NAME = Pattern.compile(SECRET_NAME);

    private SharedSecretMask() {}

    /** Whether a parameter with this name holds a secret. */
    public static boolean isSecretName(String name) {
        return NAME.matcher(name).matches() && !name.endsWith("_script");
    }

    /**
     * Replaces the secrets in any text that quotes a configuration or a command: .res files, {@code drbdadm dump},
     * {@code dump-xml}, {@code drbdadm -d adjust} and diffs of them.
     */
    public static String apply(String text) {
        return LINES.matcher(SECRETS.matcher(text).replaceAll("$1" + MASK)).replaceAll("$1" + MASK);
    }
}
