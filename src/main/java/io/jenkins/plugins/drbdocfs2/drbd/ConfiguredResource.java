package io.jenkins.plugins.drbdocfs2.drbd;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.ConfigText.Section;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A resource as a node's files have it.
 *
 * @param resource the resource as drbdadm reads it, or null where it is not configured or cannot be read
 * @param common the sections of {@code common}, which hold for all of the node's resources
 * @param error what the real parser says against the files; empty where nothing
 * @param adjustKnown whether {@code drbdadm -d adjust} was asked, and could tell what it would do
 * @param adjust the commands that it would run; none where the running resource is as configured
 * @param metadata what is in the metadata of each volume that has some
 */
public record ConfiguredResource(
        Resource resource,
        List<Section> common,
        String error,
        boolean adjustKnown,
        List<String> adjust,
        Map<Integer, List<GenerationIds>> metadata) {

    /** A resource that is not configured. */
    public static final ConfiguredResource NONE = new ConfiguredResource(null, "", false, List.of(), Map.of());

    /** A resource besides which the node's files have no {@code common} options. */
    public ConfiguredResource(
            Resource resource,
            String error,
            boolean adjustKnown,
            List<String> adjust,
            Map<Integer, List<GenerationIds>> metadata) {
        this(resource, List.of(), error, adjustKnown, adjust, metadata);
    }

    /** Whether the files have the resource. */
    public boolean isConfigured() {
        return resource != null;
    }

    /** The options that hold for the resource; those in {@code common} alone where it is not configured. */
    public EffectiveOptions options() {
        return new EffectiveOptions(resource == null ? List.of() : resource.options(), common);
    }

    /** The same with other metadata. */
    public ConfiguredResource withMetadata(Map<Integer, List<GenerationIds>> other) {
        return new ConfiguredResource(resource, common, error, adjustKnown, adjust, other);
    }

    // No here-document: bash makes a file of it, and a dump has the shared secrets.
    private static final String SCRIPT =
            """
            d=$(drbd dump)
            printf '%s\\n' "$d" | sed -n "/^common {/,/^}/s/^/common /p
              /^# resource $n on [^ ]*: ignored,/,/^}/d
              /^resource \\"\\{0,1\\}$n\\"\\{0,1\\} {/,/^}/s/^/dump /p"
            """;

    // get-gi is the one command that tells for sure whether there are metadata and changes nothing, whether the volume
    // is attached or not, cleanly left or not; "dump-md" fails on every device that was ever attached. But it loads the
    // module, as adjust does, which a look must not: without the module the superblock is read as it stands, for which
    // "drbdadm -d get-gi" only prints where it is. Magic number and identifiers are at the same place in 8.3, 8.4 and
    // 9.
    private static final String METADATA =
            """
            prefixed() {
              set -f; IFS="
            "; for l in $2; do printf '%s %s\\n' "$1" "$l"; done; unset IFS; set +f
            }
            gi() {
              if [ -d /sys/module/drbd ]; then drbd get-gi "$r/$1"; return; fi
              set -f
              set -- $(drbd -d get-gi "$r/$1" | sed -n 's/^drbdmeta [0-9]* v[0-9]* //p')
              s=$(blockdev --getsize64 "$1") || return
              case $2 in
                internal) o=$((s / 4096 * 4096 - 4096));;
                flex-external) o=0;;
                *) o=$(($2 * 134217728));;
              esac
              set -- $(dd if="$1" bs=64 iflag=skip_bytes,count_bytes skip=$o count=64 | od -An -v -t x8 --endian=big)
              case $8 in *8374026b|*8374026c|*8374026d) echo "$2:$3:$4:$5:0:0:0:0:0:0:0";; esac
            }
            v=; p=; h=; set -f
            for w in $d; do
              case $p in
                resource) case $w in "$r"|"\\"$r\\"") h=1 ;; *) h= ;; esac ;;
                volume) case "$h $v " in "1 "*" $w "*|" "*) ;; *) v="$v $w" ;; esac ;;
              esac
              p=$w
            done
            for w in ${v:-0}; do prefixed "gi $w" "$(gi "$w")"; done
            """;

    /** Asks what adjusting would do, which is not told while the module is not loaded. */
    static final String ADJUST =
            """
            if [ -d /sys/module/drbd ]; then
              a=$(drbd -d adjust "$r") && echo adjusting && prefixed adjust "$a"
            fi
            """;

    /** Asks for the resource alone. */
    static String script(String resource) {
        return "r=" + Sh.quote(resource) + "\nn=" + Sh.quote(resource.replace(".", "\\.")) + "\n" + SCRIPT;
    }

    /** Asks for the resource and its metadata, and more. */
    static String script(String resource, String more) {
        return script(resource) + METADATA + more + "true";
    }

    static ConfiguredResource parse(Reading reading) {
        return parse(reading, true);
    }

    /** As {@link #parse(Reading)}, where the real parser was asked: what it does not say to be right is wrong. */
    static ConfiguredResource parseChecked(Reading reading) {
        return parse(reading, false);
    }

    private static ConfiguredResource parse(Reading reading, boolean right) {
        StringBuilder dump = new StringBuilder();
        StringBuilder common = new StringBuilder();
        StringBuilder check = new StringBuilder();
        boolean checked = right;
        boolean adjustKnown = false;
        List<String> adjust = new ArrayList<>();
        Map<Integer, StringBuilder> metadata = new LinkedHashMap<>();
        for (String line : reading.text().split("\n")) {
            String value = line.substring(line.indexOf(' ') + 1);
            switch (line.split(" ", 2)[0]) {
                case "dump" -> dump.append(value).append('\n');
                case "common" -> common.append(value).append('\n');
                case "check" -> check.append(value).append('\n');
                case "checked" -> checked = value.equals("0");
                case "adjusting" -> adjustKnown = true;
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
        adjust.removeIf(String::isBlank);
        Map<Integer, List<GenerationIds>> ids = new LinkedHashMap<>();
        metadata.forEach((volume, text) -> {
            List<GenerationIds> all = GenerationIds.parseAll(text.toString());
            if (!all.isEmpty()) {
                ids.put(volume, all);
            }
        });
        String error = checked ? "" : withoutFullStop(check.toString().strip());
        return new ConfiguredResource(
                resource(dump.toString()),
                sections(common.toString()),
                checked || !error.isEmpty() ? error : "refused",
                adjustKnown,
                adjust,
                ids);
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

    private static String withoutFullStop(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '.') {
            end--;
        }
        return text.substring(0, end);
    }

    private static Resource resource(String dump) {
        try {
            return dump.isBlank() ? null : ResourceText.parse(dump);
        } catch (TextFormatException e) {
            return null;
        }
    }
}
