package io.jenkins.plugins.drbdocfs2.result;

import com.grack.nanojson.JsonWriter;

/** Results as JSON. */
public final class Json {
    private Json() {}

    /** Plain maps, lists, strings, numbers and booleans as indented JSON text. */
    public static String write(Object value) {
        return JsonWriter.indent("  ").string().value(value).done();
    }

    /** The same in one line. */
    public static String line(Object value) {
        return JsonWriter.string(value);
    }
}
