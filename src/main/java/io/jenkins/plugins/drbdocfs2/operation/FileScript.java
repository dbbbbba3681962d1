package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.operation.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.remote.RawText;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** The script that writes or removes a file whole and at once. */
final class FileScript {
    /** The exit code that says that the file is no longer what was looked at. */
    static final int NOT_AS_SEEN = 75;

    private FileScript() {}

    static String of(PutFile file) {
        String check = file.before() == null
                ? "[ ! -e \"$f\" ] || exit " + NOT_AS_SEEN
                : "[ \"$(sha256sum < \"$f\")\" = '" + sha256(file.before()) + "  -' ] || exit " + NOT_AS_SEEN;
        return "set -e\nf=$(readlink -m -- " + Sh.quote(file.path()) + ")\n" + check + "\n"
                + (file.after() == null ? REMOVE : write(file));
    }

    private static final String REMOVE = "rm -f -- \"$f\"\nsync \"${f%/*}\"\n";

    // A new file beside the old one, flushed to disk and then renamed over it: there is no moment without a whole file.
    // The name begins with a dot and ends otherwise, so that no *.res or *.conf pattern takes it up.
    private static String write(PutFile file) {
        return "mkdir -p -- \"${f%/*}\"\n"
                + "t=${f%/*}/.${f##*/}.drbd-ocfs2-steps\n"
                + "trap 'rm -f -- \"$t\"' EXIT\n"
                + "trap 'exit 143' HUP INT TERM\n"
                + "umask 077\n"
                + print(file.after()) + " > \"$t\"\n"
                + "chmod " + Sh.quote(file.mode()) + " \"$t\"\n"
                + "if [ -e \"$f\" ]; then chown --reference=\"$f\" \"$t\"; fi\n"
                + "sync \"$t\"\n"
                + "mv -f -- \"$t\" \"$f\"\n"
                + "if command -v restorecon > /dev/null; then restorecon \"$f\"; fi\n"
                + "sync \"${f%/*}\"\n";
    }

    // The script itself travels as UTF-8.
    private static String print(String text) {
        return RawText.isRaw(text)
                ? "printf %s " + Base64.getEncoder().encodeToString(RawText.encode(text)) + " | base64 -d"
                : "printf %s " + Sh.quote(text);
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(RawText.encode(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
