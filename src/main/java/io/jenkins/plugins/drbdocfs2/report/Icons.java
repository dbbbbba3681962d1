package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.result.StepState;
import java.util.Map;

/** Icons for states, each with its own shape, defined once in a page. */
public final class Icons {
    private static final String CIRCLE = "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13z";
    private static final Map<StepState, String> PATHS = Map.ofEntries(
            Map.entry(StepState.CHANGED, "M8 2 14 8 8 14 2 8zM8 5.5v5M5.5 8h5"),
            Map.entry(StepState.UNCHANGED, "M3.5 8.5 6.5 11.5 12.5 4.5"),
            Map.entry(StepState.WOULD_CHANGE, "M8 2 14 8 8 14 2 8z"),
            Map.entry(StepState.NOTHING_TO_DO, "M3 6h10M3 10h10"),
            Map.entry(StepState.UNSTABLE, "M8 2 14.5 13.5h-13zM8 6v4M8 11.5v.5"),
            Map.entry(StepState.UNREACHABLE, CIRCLE + "M3.5 3.5l9 9"),
            Map.entry(StepState.REFUSED, CIRCLE + "M4.5 8h7"),
            Map.entry(StepState.FAILED, CIRCLE + "M5.5 5.5l5 5M10.5 5.5l-5 5"),
            Map.entry(StepState.ABORTED, "M3 3h10v10h-10z"),
            Map.entry(StepState.CUT_OFF, "M2 8h3M11 8h3M6.5 4.5 9.5 11.5"),
            Map.entry(StepState.RUNNING, "M5 3 13 8 5 13z"),
            Map.entry(StepState.UNKNOWN, CIRCLE + "M6 6.5a2 2 0 1 1 2 2v1M8 11.5v.5"));

    private Icons() {}

    /** Defines them; once in a page. */
    public static void define(HtmlWriter html) {
        html.open("svg", "class", "dr-icons", "aria-hidden", "true", "width", "0", "height", "0");
        for (StepState state : StepState.values()) {
            html.open("symbol", "id", "drbd-icon-" + state.id(), "viewBox", "0 0 16 16");
            html.empty("path", "d", PATHS.get(state));
            html.close();
        }
        html.closeLine();
    }

    /** Shows a state: icon and word. */
    public static void state(HtmlWriter html, StepState state) {
        state(html, state, state.word());
    }

    /** Shows a state: icon and text. */
    public static void state(HtmlWriter html, StepState state, String text) {
        html.open("span", "class", "dr-state dr-is-" + state.id());
        html.open("svg", "class", "dr-icon", "aria-hidden", "true");
        html.empty("use", "href", "#drbd-icon-" + state.id());
        html.close();
        html.text(text).close();
    }
}
