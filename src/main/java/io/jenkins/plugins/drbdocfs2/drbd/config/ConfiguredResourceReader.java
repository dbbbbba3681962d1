package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Section;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses the output of the script of {@link ConfiguredResource}: the first word of a line says what the line has. */
final class ConfiguredResourceReader {
    private static final String NO_RESOURCES = "no resources defined";

    private final StringBuilder dump = new StringBuilder();
    private final StringBuilder common = new StringBuilder();
    private final StringBuilder message = new StringBuilder();
    private final List<String> adjust = new ArrayList<>();
    private final Map<Integer, StringBuilder> metadata = new LinkedHashMap<>();
    private String failed = "";
    private String at = "";
    private String file = "";
    private boolean adjustKnown;
    private final StringBuilder objections = new StringBuilder();
    private String unadjusted = "";

    ConfiguredResourceReader(String text) {
        for (String line : text.split("\n")) {
            read(line.split(" ", 2)[0], line.substring(line.indexOf(' ') + 1));
        }
    }

    private void read(String word, String value) {
        switch (word) {
            case "dump" -> {
                file = dump.isEmpty() ? at : file;
                dump.append(value).append('\n');
            }
            case "at" -> at = value;
            case "common" -> common.append(value).append('\n');
            case "failed" -> failed = value;
            case "said" -> message.append(value).append('\n');
            case "adjusting" -> adjustKnown = true;
            case "unadjusted" -> unadjusted = value;
            case "objection" -> objections.append(value).append('\n');
            case "adjust" -> adjust.add(value);
            case "gi" -> {
                String[] words = value.split(" ", 2);
                if (words.length == 2 && words[0].matches("[0-9]{1,5}")) {
                    metadata.computeIfAbsent(Integer.valueOf(words[0]), v -> new StringBuilder())
                            .append(words[1])
                            .append('\n');
                }
            }
            default -> {}
        }
    }

    ConfiguredResource read() {
        adjust.removeIf(String::isBlank);
        Map<Integer, List<GenerationIds>> ids = new LinkedHashMap<>();
        metadata.forEach((volume, text) -> {
            List<GenerationIds> all = GenerationIds.parseAll(text.toString());
            if (!all.isEmpty()) {
                ids.put(volume, all);
            }
        });
        String error =
                failed.isEmpty() ? "" : "`drbdadm dump` fails: " + DrbdadmComplaint.failure(failed, message.toString());
        Resource resource = null;
        try {
            resource = dump.isEmpty() ? null : ResourceText.parse(dump.toString());
        } catch (TextFormatException e) {
            error = "`drbdadm dump` shows it" + (file.isEmpty() ? "" : ", defined in " + file + ",")
                    + " in a form that this plugin does not support: " + e.getMessage();
        }
        boolean none = message.indexOf(NO_RESOURCES) >= 0; // a failure for DRBD 8.3
        return new ConfiguredResource(
                resource,
                sections(common.toString()),
                none ? "" : error,
                adjustKnown,
                adjust,
                ids,
                file,
                unadjusted.isEmpty() ? "" : DrbdadmComplaint.failure(unadjusted, objections.toString()));
    }

    private static List<Section> sections(String common) {
        try {
            return ConfigText.parse(common).items().stream()
                    .filter(Section.class::isInstance)
                    .flatMap(section -> ((Section) section).items().stream())
                    .filter(Section.class::isInstance)
                    .map(Section.class::cast)
                    .toList();
        } catch (TextFormatException e) {
            return List.of();
        }
    }
}
