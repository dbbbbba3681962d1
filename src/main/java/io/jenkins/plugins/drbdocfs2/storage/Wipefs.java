package io.jenkins.plugins.drbdocfs2.storage;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import io.jenkins.plugins.drbdocfs2.check.JsonText;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * All signatures on a device, also those that hide others from blkid: {@code wipefs --no-act --json DEVICE}, which
 * changes nothing (util-linux 2.33 and newer). wipefs(8).
 *
 * @param signatures in the order of wipefs
 */
public record Wipefs(List<Signature> signatures) implements Serializable {
    /**
     * A signature.
     *
     * @param offset in bytes from the device's start
     * @param type such as "ocfs2", "drbd", "dos"
     * @param uuid or null
     * @param label or null
     */
    public record Signature(long offset, String type, String uuid, String label) implements Serializable {}

    public Wipefs {
        signatures = List.copyOf(signatures);
    }

    /**
     * Reads the output. Nothing is nothing found: older versions print no empty list.
     *
     * @throws TextFormatException if it is not whole JSON of this form
     */
    public static Wipefs parse(String output) {
        List<Signature> found = new ArrayList<>();
        if (output.isBlank()) {
            return new Wipefs(found);
        }
        try {
            JsonObject json = JsonParser.object().from(JsonText.bounded(output));
            if (json.getArray("signatures") == null) {
                throw new TextFormatException("wipefs --json printed no list of signatures");
            }
            for (Object element : json.getArray("signatures")) {
                found.add(signature(element));
            }
        } catch (JsonParserException e) {
            throw new TextFormatException("wipefs --json did not print whole JSON: " + e.getMessage());
        }
        return new Wipefs(found);
    }

    /** Whether there is nothing on the device that wipefs knows. */
    public boolean isEmpty() {
        return signatures.isEmpty();
    }

    /** The types that were found, each once. */
    public List<String> types() {
        return signatures.stream().map(Signature::type).distinct().toList();
    }

    private static Signature signature(Object element) {
        if (element instanceof JsonObject object
                && object.get("type") instanceof String type
                && String.valueOf(object.get("offset")).matches("0x[0-9a-fA-F]{1,15}")) {
            long offset = Long.parseLong(object.getString("offset").substring(2), 16);
            return new Signature(offset, type, object.getString("uuid"), object.getString("label"));
        }
        throw new TextFormatException("wipefs --json printed a signature without type or offset");
    }
}
