package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.result.StepState;
import java.util.Map;

/** Icons for states, each with its own shape, defined once in a page. */
final class Icons {
    private static final String CIRCLE = "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13z";
    private static final Map<StepState, String> PATHS = Map.of(
            StepState.CHANGED, "M8 2 14 8 8 14 2 8zM8 5.5v5M5.5 8h5",
            StepState.UNCHANGED, "M3.5 8.5 6.5 11.5 12.5 4.5",
            StepState.WOULD_CHANGE, "M8 2 14 8 8 14 2 8z",
            StepState.NOTHING_TO_DO, "M3 6h10M3 10h10",
            StepState.REFUSED, CIRCLE + "M4.5 8h7",
            StepState.FAILED, CIRCLE + "M5.5 5.5l5 5M10.5 5.5l-5 5",
            StepState.ABORTED, "M3 3h10v10h-10z",
            StepState.CUT_OFF, "M2 8h3M11 8h3M6.5 4.5 9.5 11.5",
            StepState.RUNNING, "M5 3 13 8 5 13z",
            StepState.UNKNOWN, CIRCLE + "M6 6.5a2 2 0 1 1 2 2v1M8 11.5v.5");

    private Icons() {}

    /** Defines them; once in a page. */
    static void define(HtmlWriter html) {
        html.open("svg", "class", "dr-icons", "aria-hidden", "true", "width", "0", "height", "0");
        for (StepState state : StepState.values()) {
            html.open("symbol", "id", "drbd-icon-" + state.id(), "viewBox", "0 0 16 16");
            html.empty("path", "d", PATHS.get(state));
            html.close();
        }
        html.closeLine();
    }

    /** Shows a state: icon and word. */
    static void state(HtmlWriter html, StepState state) {
        state(html, state, state.word());
    }

    /** Shows a state: icon and text. */
    static void state(HtmlWriter html, StepState state, String text) {
        html.open("span", "class", "dr-state dr-is-" + state.id());
        html.open("svg", "class", "dr-icon", "aria-hidden", "true");
        html.empty("use", "href", "#drbd-icon-" + state.id());
        html.close();
        html.text(text).close();
    }
}
