package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Item;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Section;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Statement;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The parameter {@code options}: sections of drbd.conf(5) at the level of the resource. Two settings that are also
 * parameters of their own are separated.
 *
 * @param protocol "A", "B" or "C" in upper case; null if the text does not set it
 * @param dualPrimary the value of {@code allow-two-primaries}; null if the text does not set it
 * @param sections the other options
 */
public record ResourceOptions(String protocol, Boolean dualPrimary, List<Section> sections) implements Serializable {
    /** No options. */
    public static final ResourceOptions NONE = new ResourceOptions(null, null, List.of());

    private static final String PARAMETER = "options";
    private static final Set<String> SECTIONS =
            Set.of("disk", "net", "syncer", "startup", "handlers", "options", "proxy", "connection", "connection-mesh");

    public ResourceOptions {
        sections = List.copyOf(sections);
    }

    /**
     * Parses the text; null or blank means no options.
     *
     * @throws InvalidParameterException if it is not in the syntax of drbd.conf(5), or sets something that other parameters
     *     set
     */
    public static ResourceOptions parse(String text) {
        if (text == null || text.isBlank()) {
            return NONE;
        }
        try {
            return of(ConfigText.parse(text).items());
        } catch (TextFormatException e) {
            throw new InvalidParameterException(
                    PARAMETER, "options must be sections as in drbd.conf(5), but " + e.getMessage() + ".");
        }
    }

    /** Separates the two settings from the items at the level of the resource. */
    static ResourceOptions of(List<Item> items) {
        String protocol = null;
        Boolean dualPrimary = null;
        List<Section> sections = new ArrayList<>();
        for (Item item : items) {
            if (item instanceof Section section && SECTIONS.contains(section.name())) {
                boolean net = section.name().equals("net");
                List<Item> rest = new ArrayList<>();
                for (Item inner : section.items()) {
                    if (net
                            && inner instanceof Statement statement
                            && inner.name().equals("protocol")) {
                        protocol = protocol(statement);
                    } else if (net
                            && inner instanceof Statement statement
                            && inner.name().equals("allow-two-primaries")) {
                        dualPrimary = yes(statement);
                    } else {
                        rest.add(inner);
                    }
                }
                if (!rest.isEmpty()) {
                    sections.add(new Section(section.name(), section.arguments(), rest));
                }
            } else if (item instanceof Statement statement && item.name().equals("protocol")) {
                protocol = protocol(statement);
            } else {
                throw Check.wrong(
                        PARAMETER,
                        item.name(),
                        "have the sections disk, net, startup, handlers, options or syncer only, with statements in them");
            }
        }
        return new ResourceOptions(protocol, dualPrimary, sections);
    }

    private static String protocol(Statement statement) {
        return statement.value().toUpperCase(Locale.ROOT);
    }

    private static boolean yes(Statement statement) {
        String value = statement.value();
        Check.that(
                Set.of("", "yes", "no").contains(value),
                PARAMETER,
                "allow-two-primaries " + value,
                "have allow-two-primaries alone or with yes or no");
        return !value.equals("no");
    }
}
