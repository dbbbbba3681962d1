package io.jenkins.plugins.drbdocfs2.runner.credentials;

import com.cloudbees.plugins.credentials.Credentials;
import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.runner.JsonFile;
import io.jenkins.plugins.drbdocfs2.runner.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the credentials file. No message shows a part of a secret. */
public final class CredentialsFile {
    private static final Set<String> KNOWN =
            Set.of("id", "username", "privateKeyFile", "privateKey", "passphrase", "password");

    private final Path file;

    private CredentialsFile(Path file) {
        this.file = file;
    }

    /**
     * The credentials of a file; none without a file.
     *
     * @throws UsageException if the content of the file is not valid
     */
    public static List<Credentials> read(@CheckForNull Path file) throws UsageException {
        return file == null ? List.of() : new CredentialsFile(file).read();
    }

    private List<Credentials> read() throws UsageException {
        JsonArray entries = JsonFile.read(file, "credentials").getArray("credentials");
        if (entries == null) {
            throw wrong("has no list \"credentials\"");
        }
        List<Credentials> found = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Object entry : entries) {
            if (!(entry instanceof JsonObject object)) {
                throw wrong("has an entry that is not an object");
            }
            LocalCredentials credentials = credentials(object);
            if (!ids.add(credentials.getId())) {
                throw wrong("has two entries with the id " + Check.quoted(credentials.getId()));
            }
            found.add(credentials);
        }
        return found;
    }

    private LocalCredentials credentials(JsonObject entry) throws UsageException {
        String id = text(entry, "id", "an entry");
        String what = "the entry " + Check.quoted(id);
        for (String name : entry.keySet()) {
            if (!KNOWN.contains(name)) {
                throw wrong("has in " + what + " the unknown name " + Check.quoted(name));
            }
        }
        String username = text(entry, "username", what);
        boolean withKey = entry.has("privateKey") || entry.has("privateKeyFile");
        if (withKey == entry.has("password") || (entry.has("privateKey") && entry.has("privateKeyFile"))) {
            throw wrong("needs in " + what + " one of privateKeyFile, privateKey and password");
        }
        if (!withKey) {
            return new PasswordCredentials(id, username, text(entry, "password", what));
        }
        String key = entry.has("privateKey")
                ? text(entry, "privateKey", what)
                : keyOf(text(entry, "privateKeyFile", what), what);
        return new KeyCredentials(id, username, key, entry.has("passphrase") ? text(entry, "passphrase", what) : null);
    }

    private String keyOf(String keyFile, String what) throws UsageException {
        try {
            return Files.readString(file.resolveSibling(keyFile));
        } catch (IOException | InvalidPathException e) {
            throw wrong("names in " + what + " the private key " + Check.quoted(keyFile) + ", which cannot be read");
        }
    }

    private String text(JsonObject entry, String name, String what) throws UsageException {
        if (entry.get(name) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw wrong("has in " + what + " no text " + name);
    }

    private UsageException wrong(String what) {
        return new UsageException("the credentials file " + file + " " + what);
    }
}
