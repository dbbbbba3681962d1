package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.remote.RawText;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** The script that writes or removes a file atomically. */
public final class FileWriteScript {
    /** The exit code for a file that has changed after it was read. */
    static final int NOT_AS_SEEN = 75;

    private static final String AS_SEEN = ShellFile.read(FileWriteScript.class, "file-as-seen.sh");
    private static final String WRITE = ShellFile.read(FileWriteScript.class, "write-file.sh");
    private static final String REMOVE = "rm -f -- \"$f\"; sync \"${f%/*}\"\n";

    private FileWriteScript() {}

    /** The script for one file. */
    public static String of(PutFile file) {
        String seen = file.before() == null
                ? ShellFile.with(AS_SEEN, file.path())
                : ShellFile.with(AS_SEEN, file.path(), sha256(file.before()));
        return seen + (file.after() == null ? REMOVE : write(file));
    }

    // The script itself is sent as UTF-8.
    private static String write(PutFile file) {
        return RawText.isRaw(file.after())
                ? ShellFile.with(
                        WRITE, file.mode(), Base64.getEncoder().encodeToString(RawText.encode(file.after())), "base64")
                : ShellFile.with(WRITE, file.mode(), file.after());
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(RawText.encode(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
