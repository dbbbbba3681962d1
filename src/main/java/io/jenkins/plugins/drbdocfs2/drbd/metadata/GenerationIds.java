package io.jenkins.plugins.drbdocfs2.drbd.metadata;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The generation identifiers of a volume's data, from its metadata: {@code drbdadm get-gi r0/0}, {@code drbdmeta get-gi}.
 * Comparisons ignore bit 0, which only says whether the node was Primary. drbdmeta(8).
 *
 * @param current the identifier of the current data
 * @param bitmap the identifier of the peer's data since it misses writes; else 0
 * @param history older identifiers, latest first
 * @param flags the flags that are set
 */
public record GenerationIds(long current, long bitmap, List<Long> history, Set<Flag> flags) implements Serializable {
    private static final long NEW = 4;
    private static final Pattern LINE =
            Pattern.compile("^((?:[0-9A-Fa-f]{16}:){4})([01](?::[01]){6}|[01](?::[01]){11})\\s*$", Pattern.MULTILINE);

    /** Flags of the metadata about the data and the peer. */
    public enum Flag {
        CONSISTENT,
        WAS_UP_TO_DATE,
        PRIMARY,
        CONNECTED,
        FULL_SYNC,
        PEER_OUTDATED,
        CRASHED_PRIMARY,
        ACTIVITY_LOG_CLEAN,
        ACTIVITY_LOG_DISABLED,
        PRIMARY_LOST_QUORUM,
        PEER_FENCING,
        PEER_SEEN
    }

    private static final List<Flag> V8 = List.of(
            Flag.CONSISTENT,
            Flag.WAS_UP_TO_DATE,
            Flag.PRIMARY,
            Flag.CONNECTED,
            Flag.FULL_SYNC,
            Flag.PEER_OUTDATED,
            Flag.CRASHED_PRIMARY);
    private static final List<Flag> V9 = List.of(
            Flag.CONSISTENT,
            Flag.WAS_UP_TO_DATE,
            Flag.PRIMARY,
            Flag.CRASHED_PRIMARY,
            Flag.ACTIVITY_LOG_CLEAN,
            Flag.ACTIVITY_LOG_DISABLED,
            Flag.PRIMARY_LOST_QUORUM,
            Flag.CONNECTED,
            Flag.PEER_OUTDATED,
            Flag.PEER_FENCING,
            Flag.FULL_SYNC,
            Flag.PEER_SEEN);

    /** The identifiers of metadata that have just been created. */
    public static final GenerationIds JUST_CREATED = new GenerationIds(NEW, 0, List.of(0L, 0L), Set.of());

    public GenerationIds {
        history = List.copyOf(history);
        flags = Collections.unmodifiableSet(flags.isEmpty() ? EnumSet.noneOf(Flag.class) : EnumSet.copyOf(flags));
    }

    /**
     * Parses the first line of identifiers in the output of a tool. Metadata of 8.3 and 8.4 have 7 flags, of 9 they have
     * 12.
     *
     * @throws TextFormatException if there is none
     */
    public static GenerationIds parse(String output) {
        List<GenerationIds> all = parseAll(output);
        if (all.isEmpty()) {
            throw new TextFormatException("there are no generation identifiers in the output of get-gi");
        }
        return all.get(0);
    }

    /** Parses all lines of identifiers: DRBD 9 prints one for each peer. */
    public static List<GenerationIds> parseAll(String output) {
        List<GenerationIds> all = new ArrayList<>();
        Matcher line = LINE.matcher(output);
        while (line.find()) {
            String[] ids = line.group(1).split(":");
            String[] bits = line.group(2).split(":");
            List<Flag> names = bits.length == V8.size() ? V8 : V9;
            Set<Flag> flags = EnumSet.noneOf(Flag.class);
            for (int i = 0; i < bits.length; i++) {
                if (bits[i].equals("1")) {
                    flags.add(names.get(i));
                }
            }
            all.add(new GenerationIds(id(ids[0]), id(ids[1]), List.of(id(ids[2]), id(ids[3])), flags));
        }
        return all;
    }

    /** Whether the metadata are new: never synchronised and never written to. */
    public boolean justCreated() {
        return same(current, NEW);
    }

    /** Compares this node's data with a peer's, by the identifiers alone; {@code peer} was read on the peer. */
    public Relation relationTo(GenerationIds peer) {
        if (justCreated() || peer.justCreated()) {
            return justCreated() ? peer.justCreated() ? Relation.BOTH_NEW : Relation.NEW : Relation.PEER_NEW;
        }
        if (same(current, peer.current)) {
            return Relation.SAME;
        }
        if (set(bitmap) && same(bitmap, peer.current)) {
            return Relation.AHEAD;
        }
        if (set(peer.bitmap) && same(peer.bitmap, current)) {
            return Relation.BEHIND;
        }
        if (set(bitmap) && same(bitmap, peer.bitmap)) {
            return Relation.SPLIT_BRAIN;
        }
        if (among(peer.current, history)) {
            return Relation.FAR_AHEAD;
        }
        if (among(current, peer.history)) {
            return Relation.FAR_BEHIND;
        }
        return related(peer) ? Relation.SPLIT_BRAIN : Relation.UNRELATED;
    }

    /** The relation of one node's data to another's. */
    public enum Relation {
        /** Neither node has ever had data. */
        BOTH_NEW,
        /** This node has never had data, the peer has. */
        NEW,
        /** The peer has never had data, this node has. */
        PEER_NEW,
        /** The same generation. */
        SAME,
        /** This node was written to after the peer left. */
        AHEAD,
        /** The peer was written to after this node left. */
        BEHIND,
        /** Like AHEAD, but the bitmap does not cover the differences: a full synchronisation is needed. */
        FAR_AHEAD,
        /** Like BEHIND, but a full synchronisation is needed. */
        FAR_BEHIND,
        /** Both nodes were written to after they last had the same data. */
        SPLIT_BRAIN,
        /** No common history. */
        UNRELATED
    }

    private boolean related(GenerationIds peer) {
        return among(bitmap, peer.history)
                || among(peer.bitmap, history)
                || history.stream().anyMatch(id -> among(id, peer.history));
    }

    private static boolean among(long id, List<Long> ids) {
        return set(id) && ids.stream().anyMatch(other -> same(id, other));
    }

    private static boolean set(long id) {
        return id >>> 1 != 0;
    }

    private static boolean same(long one, long other) {
        return one >>> 1 == other >>> 1;
    }

    private static long id(String hex) {
        return Long.parseUnsignedLong(hex, 16);
    }
}
