package io.jenkins.plugins.drbdocfs2.operation.fencing;

import io.jenkins.plugins.drbdocfs2.check.SharedSecretMask;
import java.util.regex.Pattern;

/** Which parameters of fence agents are secret, and their masking in texts that have parameters. */
final class DeviceSecrets {
    /** A name with one of these words, but not the name of a program that prints a secret. */
    private static final String NAME =
            "(?!\\w*_script\\b)\\w*(?i:passw|passphrase|secret|token|community|priv_?key|api_?key)\\w*";

    /** The names of the user, which comes from the credentials too. */
    private static final String USER = "(?:" + String.join("|", FenceAgent.USER) + ")";

    private static final Pattern SECRET = Pattern.compile(NAME);
    private static final Pattern LINE = Pattern.compile("(?m)^((?:" + NAME + "|" + USER + ")=)[^\\n]+$");
    private static final Pattern WORD = Pattern.compile("\\b(" + NAME + "=).+", Pattern.DOTALL);

    private DeviceSecrets() {}

    /** Whether a parameter with this name holds a secret. */
    static boolean isSecret(String name) {
        return SECRET.matcher(name).matches();
    }

    /** The text of a devices' file without secrets and user names. */
    static String maskFile(String text) {
        return LINE.matcher(text).replaceAll("$1" + SharedSecretMask.MASK);
    }

    /** Words with parameters, without what follows the name of a secret: it may have blanks. */
    static String maskWords(String words) {
        return WORD.matcher(words).replaceAll("$1" + SharedSecretMask.MASK);
    }
}
