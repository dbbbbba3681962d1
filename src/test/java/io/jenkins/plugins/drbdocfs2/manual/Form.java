package io.jenkins.plugins.drbdocfs2.manual;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Jelly form.
 *
 * @param fields the parameters with an entry
 */
record Form(List<String> fields) {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern ENTRY = Pattern.compile(
            "<f:(?:entry|dropdownDescriptorSelector|optionalBlock|hetero\\w*)\\b[^>]*\\bfield=\"(\\w+)\"");
    private static final Pattern INCLUDE =
            Pattern.compile("<st:include\\b[^>]*\\bpage=\"([\\w.-]+)\"(?: class=\"([\\w.]+)\")?");

    /** The resource path of the form of a class. */
    static Path path(Class<?> type) {
        return page(type, "config.jelly");
    }

    /** The form of a class, with its includes. */
    static Form of(Class<?> type) {
        return of(type, "config.jelly");
    }

    private static Form of(Class<?> type, String page) {
        try {
            String text = Files.readString(page(type, page));
            List<String> fields = new ArrayList<>();
            Matcher entry = ENTRY.matcher(text);
            while (entry.find()) {
                fields.add(entry.group(1));
            }
            Matcher include = INCLUDE.matcher(text);
            while (include.find()) {
                Class<?> from = include.group(2) == null ? type : Class.forName(include.group(2));
                fields.addAll(of(from, include.group(1)).fields());
            }
            return new Form(fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The form of " + type + " includes that of an unknown class", e);
        }
    }

    /** A page of a class or, as Stapler looks for it, of its nearest superclass that has it. */
    private static Path page(Class<?> type, String page) {
        for (Class<?> c = type; c != Object.class; c = c.getSuperclass()) {
            Path path = RESOURCES.resolve(c.getName().replace('.', '/')).resolve(page);
            if (Files.exists(path)) {
                return path;
            }
        }
        return RESOURCES.resolve(type.getName().replace('.', '/')).resolve(page);
    }
}
