package io.jenkins.plugins.drbdocfs2.drbd;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import java.io.Serializable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The last call of the fence-peer handler on a node that had an outcome.
 *
 * @param time its time
 * @param resource the resource that lost its peer
 * @param peer the peer
 * @param outcome {@code fenced}, {@code failed}, {@code off} (it was off already), {@code connected} (the peer came back first) or {@code confirmed} (by a
 *     person)
 * @param text the handler's message
 */
public record LastFencing(Instant time, String resource, String peer, String outcome, String text)
        implements Serializable {
    private static final String PATH = "/var/lib/drbd-ocfs2-steps/last-fencing";

    /** The probe for this; empty if there was none. */
    public static final Probe<Optional<LastFencing>> PROBE =
            Probe.tame("last fencing", "f=" + PATH + "; [ ! -e \"$f\" ] || cat \"$f\"", LastFencing::parse);

    static Optional<LastFencing> parse(Reading reading) {
        String[] words = reading.text().strip().split(" ", 5);
        if (reading.ok() && reading.text().isBlank()) {
            return Optional.empty();
        }
        if (!reading.ok() || words.length < 5 || !words[0].matches("\\d{1,11}")) {
            throw new TextFormatException(PATH + " exists, but cannot be read");
        }
        return Optional.of(new LastFencing(
                Instant.ofEpochSecond(Long.parseLong(words[0])), words[1], words[2], words[3], words[4]));
    }

    /** The values for a result. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("time", time.toString());
        map.put("peer", peer);
        map.put("outcome", outcome);
        map.put("message", text);
        return map;
    }
}
