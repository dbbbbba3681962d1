package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Item;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Section;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Translates options in the words of any generation of DRBD to those of one generation: first to the words of DRBD 9, then
 * to the words of the target. The words that each parser accepts were tested with drbd-utils 9.22.
 *
 * <p>{@code syncer { rate R; }} of 8.3 sets a fixed rate. Since 8.4 a controller chooses the rate: {@code resync-rate} is
 * only its start value, and {@code c-max-rate} (100 MiB/s) its limit. The old word therefore becomes
 * {@code disk { resync-rate R; c-plan-ahead 0; }}: 0 turns the controller off, so that the rate is fixed again. If the
 * options set {@code c-plan-ahead} themselves, it is kept. {@code max-buffers} also limits the rate: its default of 2048
 * allows about 80 MiB/s.
 */
final class OptionTranslation {
    /** Sections in the order of the output. */
    private static final List<String> ORDER = List.of("options", "startup", "handlers", "syncer", "disk", "net");

    private static final String SYNCER = "syncer";

    /** The words of syncer, and the sections they moved to in 8.4. */
    private static final Map<String, String> FROM_SYNCER = Map.ofEntries(
            Map.entry("rate", "disk"),
            Map.entry("after", "disk"),
            Map.entry("al-extents", "disk"),
            Map.entry("c-plan-ahead", "disk"),
            Map.entry("c-delay-target", "disk"),
            Map.entry("c-fill-target", "disk"),
            Map.entry("c-max-rate", "disk"),
            Map.entry("c-min-rate", "disk"),
            Map.entry("verify-alg", "net"),
            Map.entry("csums-alg", "net"),
            Map.entry("use-rle", "net"),
            Map.entry("cpu-mask", "options"),
            Map.entry("on-no-data-accessible", "options"));

    private static final Map<String, String> RENAMED = Map.of("rate", "resync-rate", "after", "resync-after");
    private static final Map<String, String> OLD_NAMES = Map.of("resync-rate", "rate", "resync-after", "after");

    /** Words that only 8.3 knows, and which have no effect there. */
    private static final Set<String> GONE_IN_84 =
            Set.of("delay-probe-volume", "delay-probe-interval", "throttle-threshold", "hold-off-threshold");

    private static final Set<String> GONE_IN_9 = Set.of("max-bio-bvecs", "use-bmbv", "unplug-watermark");

    /** Flags that are on by default; 8.3 accepts them only as {@code no-FLAG;}. */
    private static final Set<String> ON_BY_DEFAULT =
            Set.of("disk-barrier", "disk-flushes", "disk-drain", "md-flushes", "tcp-cork");

    /** Flags that are off by default; 8.3 accepts them only without a value. */
    private static final Set<String> OFF_BY_DEFAULT = Set.of("always-asbp", "use-rle", "wait-after-sb", "use-bmbv");

    private final DrbdGeneration generation;
    private final Map<String, Map<String, Item>> sections = new LinkedHashMap<>();
    private final List<Section> others = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private OptionTranslation(DrbdGeneration generation) {
        this.generation = generation;
        ORDER.forEach(name -> sections.put(name, new LinkedHashMap<>()));
    }

    /** Options in the words of a generation, and notes for the user on what was changed. */
    record Translation(List<Section> sections, List<String> notes) {}

    /** Translates options to the words of a generation. If a word is given twice, the last one counts. */
    static Translation translate(List<Section> options, DrbdGeneration generation) {
        OptionTranslation words = new OptionTranslation(generation);
        options.forEach(words::read);
        return words.write();
    }

    private void read(Section section) {
        if (!sections.containsKey(section.name())) {
            others.add(section);
            return;
        }
        boolean fixedRate = false;
        for (Item item : section.items()) {
            if (item instanceof Statement statement) {
                modern(section.name(), statement);
                fixedRate |= section.name().equals(SYNCER) && item.name().equals("rate");
            } else {
                put(section.name(), item.name(), item);
            }
        }
        if (fixedRate && generation != DrbdGeneration.V83) {
            fixRate();
        }
    }

    private void modern(String section, Statement statement) {
        String word = statement.name();
        if (section.equals(SYNCER) && FROM_SYNCER.containsKey(word)) {
            String target = FROM_SYNCER.get(word);
            String name = RENAMED.getOrDefault(word, word);
            put(target, name, volumeNamed(name, statement));
            if (generation != DrbdGeneration.V83) {
                note("syncer { " + word + " } is written as " + target + " { " + name + " }");
            }
        } else if (section.equals("disk") && word.equals("rate")) {
            put("disk", "resync-rate", statement.named("resync-rate"));
        } else if (section.equals("disk") && word.equals("fencing")) {
            put("net", word, statement);
        } else if (section.equals("handlers") && word.equals("outdate-peer")) {
            put(section, "fence-peer", statement.named("fence-peer"));
        } else if (word.startsWith("no-") && ON_BY_DEFAULT.contains(word.substring(3))) {
            put(section, word.substring(3), Statement.of(word.substring(3), "no"));
        } else {
            put(section, word, statement);
        }
    }

    /** {@code resync-after} names a volume since 8.4; before, {@code after} named a resource. */
    private static Statement volumeNamed(String name, Statement statement) {
        String value = statement.value();
        return name.equals("resync-after") && value.indexOf('/') < 0
                ? Statement.of(name, value + "/0")
                : statement.named(name);
    }

    private void fixRate() {
        if (!sections.get("disk").containsKey("c-plan-ahead")) {
            put("disk", "c-plan-ahead", Statement.of("c-plan-ahead", "0"));
            note(
                    "disk { c-plan-ahead 0 } is added: without it the rate is only the start value of DRBD's controller, and"
                            + " c-max-rate (100M) limits it");
        }
    }

    private Translation write() {
        switch (generation) {
            case V83 -> old();
            case V84 -> move("net", "disk", "fencing");
            case V9 -> drop9();
        }
        List<Section> written = new ArrayList<>();
        sections.forEach((name, items) -> {
            if (!items.isEmpty()) {
                written.add(Section.of(name, List.copyOf(items.values())));
            }
        });
        written.addAll(others);
        return new Translation(List.copyOf(written), List.copyOf(notes));
    }

    private void old() {
        move("net", "disk", "fencing");
        FROM_SYNCER.forEach((old, section) -> {
            String name = RENAMED.getOrDefault(old, old);
            if (sections.get(section).remove(name) instanceof Statement statement) {
                String value = statement.value();
                put(SYNCER, old, old.equals("after") ? Statement.of(old, value.replaceFirst("/0$", "")) : statement);
            }
        });
        sections.replaceAll((section, items) -> oldFlags(items));
        sort(sections.get(SYNCER));
    }

    private static Map<String, Item> oldFlags(Map<String, Item> items) {
        Map<String, Item> old = new LinkedHashMap<>();
        items.forEach((name, item) -> {
            String value = item instanceof Statement statement ? statement.value() : "";
            boolean off = value.equals("no");
            if (OLD_NAMES.containsValue(name) && item instanceof Statement statement) {
                old.put(name, statement.named(name));
            } else if (ON_BY_DEFAULT.contains(name)) {
                if (off) {
                    old.put(name, Statement.of("no-" + name));
                }
            } else if (OFF_BY_DEFAULT.contains(name)) {
                if (!off) {
                    old.put(name, Statement.of(name));
                }
            } else {
                old.put(name, item);
            }
        });
        return old;
    }

    private void drop9() {
        GONE_IN_9.forEach(word -> drop(word, "DRBD 9 does not know it"));
        if (sections.get("startup").remove("become-primary-on") != null) {
            note(
                    "startup { become-primary-on } is left out: DRBD 9 ignores it, a node becomes Primary by drbdPromote or"
                            + " when the device is opened (auto-promote)");
        }
    }

    private void drop(String word, String why) {
        for (Map<String, Item> items : sections.values()) {
            if (items.remove(word) != null) {
                note(word + " is left out: " + why);
            }
        }
    }

    private void put(String section, String name, Item item) {
        if (generation != DrbdGeneration.V83 && GONE_IN_84.contains(name)) {
            note(name + " is left out: only DRBD 8.3 knows it, where it has no effect");
            return;
        }
        sections.get(section).remove(name);
        sections.get(section).put(name, item);
    }

    private void move(String from, String to, String word) {
        Item item = sections.get(from).remove(word);
        if (item != null) {
            put(to, word, item);
        }
    }

    private static void sort(Map<String, Item> items) {
        Map<String, Item> sorted = new TreeMap<>(items);
        items.clear();
        items.putAll(sorted);
    }

    private void note(String note) {
        if (!notes.contains(note)) {
            notes.add(note);
        }
    }
}
