package io.jenkins.plugins.drbdocfs2.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.ConfigText.Section;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.util.List;
import java.util.Map;

/**
 * A resource as a node's files have it.
 *
 * @param resource the resource as drbdadm reads it, or null where it is not configured or cannot be read
 * @param common the sections of {@code common}, which hold for all of the node's resources
 * @param error why it is not known how the resource is configured, with drbdadm's own words; empty where it is known
 * @param adjustKnown whether {@code drbdadm -d adjust} was asked, and could tell what it would do
 * @param adjust the commands that it would run; none where the running resource is as configured
 * @param metadata what is in the metadata of each volume that has some
 * @param file the file that has the resource; empty where none does, or drbdadm does not tell, as that of 8.3
 * @param adjustError in the words of {@code drbdadm -d adjust}, why it could not tell what it would do; empty where it could,
 *     or was not asked
 */
public record ConfiguredResource(
        Resource resource,
        List<Section> common,
        String error,
        boolean adjustKnown,
        List<String> adjust,
        Map<Integer, List<GenerationIds>> metadata,
        String file,
        String adjustError) {

    private static final int NOT_INSTALLED = 3;

    /** A resource that is not configured. */
    public static final ConfiguredResource NONE = new ConfiguredResource(null, "", false, List.of(), Map.of());

    /** A resource besides which the node's files have no {@code common} options. */
    public ConfiguredResource(
            Resource resource,
            String error,
            boolean adjustKnown,
            List<String> adjust,
            Map<Integer, List<GenerationIds>> metadata) {
        this(resource, List.of(), error, adjustKnown, adjust, metadata, "", "");
    }

    /** Whether the files have the resource, in a form that is understood. */
    public boolean isConfigured() {
        return resource != null;
    }

    /** Whether it is known if the files have the resource, and how. */
    public boolean isKnown() {
        return error.isEmpty();
    }

    /** The options that hold for the resource; those in {@code common} alone where it is not configured. */
    public EffectiveOptions options() {
        return new EffectiveOptions(resource == null ? List.of() : resource.options(), common);
    }

    /** The same with other metadata. */
    public ConfiguredResource withMetadata(Map<Integer, List<GenerationIds>> other) {
        return new ConfiguredResource(resource, common, error, adjustKnown, adjust, other, file, adjustError);
    }

    // No here-document: bash makes a file of it, and a dump has the shared secrets. drbdadm is asked once more for its
    // reason only where it fails.
    private static final String SCRIPT =
            """
            command -v drbdadm > /dev/null || exit 3
            d=$(drbd dump) || {
              echo "failed $?"; d=
              drbd dump 2>&1 > /dev/null | sed "s|$t/|/etc/|g; s|^drbd\\.d/|/etc/&|; s/^/said /"
            }
            printf '%s\\n' "$d" | sed -n "/^common {/,/^}/s/^/common /p
              /^# resource $n on [^ ]*: ignored,/,/^}/d
              s|^# defined at $t/|# defined at /etc/|
              s|^# defined at \\(.*\\):[0-9]*$|at \\1|p
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
            v=; p=; h=; f=; set -f
            for w in $d; do
              case $p in
                resource) case $w in "$r"|"\\"$r\\"") h=1; f=0 ;; *) h= ;; esac ;;
                volume) case "$h $v " in "1 "*" $w "*|" "*) ;; *) v="$v $w" ;; esac ;;
              esac
              p=$w
            done
            for w in ${v:-$f}; do prefixed "gi $w" "$(gi "$w")"; done
            """;

    /** Asks what adjusting would do, which is not told while the module is not loaded. */
    static final String ADJUST =
            """
            if [ -d /sys/module/drbd ]; then
              if a=$(drbd -d adjust "$r"); then
                echo adjusting; prefixed adjust "$a"
              else
                echo "unadjusted $?"
                drbd -d adjust "$r" 2>&1 > /dev/null | sed "s|$t/|/etc/|g; s|^drbd\\.d/|/etc/&|; s/^/objection /"
              fi
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
        return reading.exitCode() == NOT_INSTALLED ? NONE : new ConfiguredResourceReader(reading.text()).read();
    }
}
