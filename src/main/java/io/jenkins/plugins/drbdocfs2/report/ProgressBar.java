package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.check.Durations;
import io.jenkins.plugins.drbdocfs2.result.Amounts;
import io.jenkins.plugins.drbdocfs2.result.ClippedText;
import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The progress of a synchronisation or verify, as reported by the step that follows it.
 *
 * @param what the meaning of the percentage
 * @param percent from 0 to 100
 * @param words the progress in words
 */
record ProgressBar(String what, double percent, String words) {
    /** Reads the progress from the result of a node; null if it is not valid. */
    static ProgressBar of(Object value) {
        Map<String, Object> map = LenientJson.map(value);
        if (!(map.get("percent") instanceof Number number) || Double.isNaN(number.doubleValue())) {
            return null;
        }
        double percent = Math.max(0, Math.min(100, number.doubleValue()));
        String what = LenientJson.word(map.get("what"));
        List<String> words = new ArrayList<>();
        words.add(percent(percent) + " % " + (what == null ? "done" : ClippedText.line(what, 40)));
        amount(map, "leftKib", " to go", words);
        amount(map, "differKib", " differ so far", words);
        amount(map, "kibPerSecond", "/s", words);
        Long seconds = LenientJson.number(map.get("secondsLeft"));
        if (seconds != null && seconds >= 0) {
            words.add("about " + Durations.seconds(Math.min(seconds, Integer.MAX_VALUE)) + " left");
        }
        return new ProgressBar(what, percent, String.join(", ", words));
    }

    /** Rounded down: 100 means finished. */
    String rounded() {
        return percent(percent);
    }

    private static String percent(double percent) {
        return String.format(Locale.ROOT, "%.0f", Math.floor(percent));
    }

    private static void amount(Map<String, Object> map, String key, String after, List<String> words) {
        Long kib = LenientJson.number(map.get(key));
        if (kib != null && kib >= 0) {
            words.add(Amounts.bytes(kib * 1024.0) + after);
        }
    }

    /** Shows it as a bar with its words. */
    void write(HtmlWriter html) {
        html.open("div", "class", "dr-progress");
        html.leaf("progress", rounded() + " %", "max", "100", "value", rounded(), "aria-label", words);
        html.leaf("span", words, "class", "dr-quiet").closeLine();
    }
}
