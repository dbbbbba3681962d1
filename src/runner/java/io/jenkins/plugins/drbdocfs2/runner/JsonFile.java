package io.jenkins.plugins.drbdocfs2.runner;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import io.jenkins.plugins.drbdocfs2.check.JsonText;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with a JSON object. */
public final class JsonFile {
    private JsonFile() {}

    /**
     * Reads the object.
     *
     * @param what the kind of file, for the message, which shows none of its content
     * @throws UsageException if it is not a JSON object, or cannot be read
     */
    public static JsonObject read(Path file, String what) throws UsageException {
        String name = "the " + what + " file " + file;
        try {
            return JsonParser.object().from(JsonText.bounded(Files.readString(file)));
        } catch (JsonParserException e) {
            throw new UsageException(name + " is not a JSON object (line " + e.getLinePosition() + ")");
        } catch (TextFormatException e) {
            throw new UsageException(name + " is " + e.getMessage());
        } catch (IOException e) {
            throw new UsageException(name + " cannot be read: " + e.getMessage());
        }
    }
}
