package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Section;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Statement;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Word;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a Primary does when it loses its peer: {@code fencing} and {@code fence-peer} of drbd.conf(5). */
public enum PeerLossPolicy {
    /** Its I/O is suspended until the peer is connected again, or a person confirms that the peer is off. */
    FREEZE("freeze"),
    /** Its I/O is suspended until the fencing device of the peer has switched it off. */
    FENCE("fence"),
    /** It continues to write at once; two Primaries split. */
    CONTINUE("continue"),
    /** Another handler decides, or DRBD's {@code resource-only}. */
    OTHER("other");

    /** The fence-peer handler of {@link #FREEZE} and {@link #FENCE}. */
    public static final String HANDLER = "/usr/local/sbin/drbd-fence-peer";

    private static final String FENCING = "fencing";
    private static final String FENCE_PEER = "fence-peer";

    private final String word;

    PeerLossPolicy(String word) {
        this.word = word;
    }

    /** The value of the parameter. */
    public String word() {
        return word;
    }

    /**
     * Reads the value of a parameter.
     *
     * @return null for null or blank
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException for any other word
     */
    public static PeerLossPolicy parse(String parameter, String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        return Arrays.stream(values())
                .filter(policy -> policy != OTHER && policy.word.equals(value))
                .findFirst()
                .orElseThrow(() -> Check.wrong(parameter, value, "be freeze, fence or continue"));
    }

    /**
     * The policy of a resource.
     *
     * @param options its effective options
     * @param device whether the node has a fencing device for the peer
     */
    public static PeerLossPolicy of(EffectiveOptions options, boolean device) {
        Optional<String> fencing = options.value(FENCING).filter(value -> !value.equals("dont-care"));
        if (fencing.isEmpty()) {
            return CONTINUE;
        }
        Optional<String> handler = options.fencePeer();
        if (!options.isFenced() || handler.filter(command -> !isOwn(command)).isPresent()) {
            return OTHER;
        }
        return handler.isPresent() && device ? FENCE : FREEZE;
    }

    /** Whether a fence-peer handler is {@link #HANDLER}. */
    public static boolean isOwn(String handler) {
        return handler.equals(HANDLER);
    }

    /** Whether options set fencing or its handler. */
    public static boolean isSetIn(List<Section> options) {
        EffectiveOptions own = new EffectiveOptions(options, List.of());
        return own.value(FENCING).isPresent() || own.fencePeer().isPresent();
    }

    /** The options of the policy, in the words of DRBD 9; none for {@link #CONTINUE} and {@link #OTHER}. */
    public List<Section> options() {
        return this == FREEZE || this == FENCE ? options("resource-and-stonith", HANDLER) : List.of();
    }

    /** The options that turn off the fencing that {@code common} sets. */
    public static List<Section> dontCare() {
        return List.of(Section.of("net", List.of(Statement.of(FENCING, "dont-care"))));
    }

    /** The same for a policy that somebody else configured in the resource itself. */
    public static List<Section> keptOptions(EffectiveOptions configured) {
        EffectiveOptions own = new EffectiveOptions(configured.own(), List.of());
        return own.fencePeer().isEmpty()
                ? List.of()
                : options(
                        own.value(FENCING).orElse("dont-care"), own.fencePeer().orElseThrow());
    }

    private static List<Section> options(String fencing, String handler) {
        Statement fencePeer = new Statement(List.of(Word.of(FENCE_PEER), new Word(handler, true)));
        return List.of(
                Section.of("net", List.of(Statement.of(FENCING, fencing))), Section.of("handlers", List.of(fencePeer)));
    }
}
