package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Item;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Section;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Statement;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The options in effect for a resource: its own options, and those of the section {@code common} that it does not set
 * itself. drbd.conf(5). They may be the words of any generation.
 *
 * @param own the resource's own sections
 * @param common the sections of {@code common}
 */
public record EffectiveOptions(List<Section> own, List<Section> common) implements Serializable {
    /** The default of ping-int in seconds: how long a connection may be idle before DRBD sends a ping. */
    private static final long PING_INT = 10;
    /** The default of ping-timeout in tenths of a second: how long the answer to a ping may take. */
    private static final long PING_TIMEOUT = 5;
    /** The default of timeout in tenths of a second: how long the answer to a write may take. */
    private static final long TIMEOUT = 60;

    public EffectiveOptions {
        own = List.copyOf(own);
        common = List.copyOf(common);
    }

    /** The value of an option in any section; empty if it is not set. The last of several values is in effect. */
    public Optional<String> value(String word) {
        return all(word).reduce((earlier, later) -> later);
    }

    /** Like {@link #value}, in that section only. */
    public Optional<String> value(String section, String word) {
        return in(section).all(word).reduce((earlier, later) -> later);
    }

    /** All values of the option: with DRBD 9 each connection may have its own. */
    public List<String> values(String word) {
        return all(word).distinct().toList();
    }

    /** Like {@link #values(String)}, in that section only. */
    List<String> values(String section, String word) {
        return in(section).values(word);
    }

    /** The section and name of each of its own options, without duplicates. */
    List<String[]> names() {
        Map<String, String[]> names = new LinkedHashMap<>();
        own.forEach(section -> collectNames(section.name(), section, names));
        return List.copyOf(names.values());
    }

    private static void collectNames(String top, Section section, Map<String, String[]> names) {
        for (Item item : section.items()) {
            if (item instanceof Section inner) {
                collectNames(top, inner, names);
            } else {
                names.put(top + " " + item.name(), new String[] {top, item.name()});
            }
        }
    }

    private EffectiveOptions in(String name) {
        return new EffectiveOptions(
                own.stream().filter(section -> section.name().equals(name)).toList(),
                common.stream().filter(section -> section.name().equals(name)).toList());
    }

    private Stream<String> all(String word) {
        List<String> values = new ArrayList<>();
        own.forEach(section -> collect(section, word, values));
        if (values.isEmpty()) {
            common.forEach(section -> collect(section, word, values));
        }
        return values.stream();
    }

    private static void collect(Section section, String word, List<String> values) {
        for (Item item : section.items()) {
            if (item instanceof Section inner) {
                collect(inner, word, values);
            } else if (item instanceof Statement statement && item.name().equals(word)) {
                values.add(statement.value());
            }
        }
    }

    /** Whether two nodes may be Primary. */
    public boolean allowsTwoPrimaries() {
        return value("allow-two-primaries")
                .filter(allowed -> !allowed.equals("no"))
                .isPresent();
    }

    /** Whether a node that loses its peer stops writing until the peer is fenced: {@code fencing resource-and-stonith}. */
    public boolean isFenced() {
        return value("fencing").filter("resource-and-stonith"::equals).isPresent();
    }

    /** Whether nodes without a quorum of their peers stop writing; DRBD 9. */
    public boolean hasQuorum() {
        return value("quorum").filter(value -> !value.equals("off")).isPresent();
    }

    /** The fence-peer handler, which 8.3 also calls {@code outdate-peer}. */
    public Optional<String> fencePeer() {
        return value("handlers", "fence-peer")
                .or(() -> value("handlers", "outdate-peer"))
                .filter(command -> !command.isBlank());
    }

    /**
     * The most milliseconds until DRBD gives up a silent peer, by ping-int, ping-timeout and timeout of drbd.conf(5).
     * Writes wait until then.
     */
    public long lossMillis() {
        long idle = number("ping-int", PING_INT) * 1000 + number("ping-timeout", PING_TIMEOUT) * 100;
        return Math.max(idle, number("timeout", TIMEOUT) * 100);
    }

    private long number(String word, long standard) {
        return value(word)
                .filter(value -> value.matches("\\d{1,9}"))
                .map(Long::valueOf)
                .orElse(standard);
    }
}
