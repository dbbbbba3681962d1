package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Item;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Section;
import java.util.List;
import java.util.Set;

/** The text of a file below /etc/drbd.d, which may define more than one resource. */
public final class ResourceFile {
    private static final Set<String> TAKE_IN_MORE = Set.of("include", "template-file", "inherits");

    private ResourceFile() {}

    /**
     * The text with the new section of a resource. If the file has nothing else, it is replaced entirely. Otherwise the
     * section of the resource is replaced or added, and all other text is kept byte by byte.
     *
     * @param before the current text; null if there is no file
     * @param resource the resource's name
     * @param text the text of a file with that resource alone
     * @throws TextFormatException if the other content of the file is not understood, or would be lost
     */
    public static String with(String before, String resource, String text) {
        List<ConfigTextParser.Place> places = before == null ? List.of() : new ConfigTextParser(before).places();
        List<ConfigTextParser.Place> own = places.stream()
                .filter(place -> isResource(place.item(), resource))
                .toList();
        own.forEach(place -> checkTakesInNoMore(place.item(), resource));
        if (own.size() == places.size()) {
            return text;
        }
        if (own.isEmpty()) {
            return before + (before.endsWith("\n") ? "" : "\n") + "\n" + text;
        }
        int begin = own.get(0).begin();
        for (String line : List.of(ResourceText.UNFENCED_ACCEPTED, ResourceText.CONTINUES, ResourceText.HEADER)) {
            begin = before.startsWith(line, begin - line.length()) ? begin - line.length() : begin;
        }
        return before.substring(0, begin)
                + text.stripTrailing()
                + before.substring(own.get(0).end());
    }

    private static boolean isResource(Item item, String resource) {
        return item instanceof Section section
                && section.name().equals("resource")
                && section.arguments().size() == 1
                && section.arguments().get(0).text().equals(resource);
    }

    private static void checkTakesInNoMore(Item item, String resource) {
        if (TAKE_IN_MORE.contains(item.name())) {
            throw new TextFormatException(
                    "the section of '" + resource + "' takes in other text by " + Check.quoted(item.name()));
        }
        if (item instanceof Section section) {
            section.items().forEach(inner -> checkTakesInNoMore(inner, resource));
        }
    }
}
