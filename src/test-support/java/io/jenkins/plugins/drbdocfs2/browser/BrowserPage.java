package io.jenkins.plugins.drbdocfs2.browser;

import com.grack.nanojson.JsonObject;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A page in the browser. */
public final class BrowserPage {
    private static final Map<String, Integer> KEYS = Map.of("Tab", 9, "Enter", 13, "Escape", 27, " ", 32);

    private final DevTools devTools;
    private final String session;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();

    BrowserPage(DevTools devTools, String session) {
        this.devTools = devTools;
        this.session = session;
        devTools.listen(event -> {
            if (session.equals(event.getString("sessionId"))) {
                event(event.getString("method"), event.getObject("params"));
            }
        });
        List.of("Page.enable", "Runtime.enable", "Log.enable").forEach(method -> call(method, Map.of()));
        call("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
    }

    private void event(String method, JsonObject what) {
        switch (method) {
            case "Page.loadEventFired" -> loaded.complete(null);
            case "Runtime.exceptionThrown" -> complaints.add(String.valueOf(what.getObject("exceptionDetails")));
            case "Log.entryAdded" -> complaints.add(String.valueOf(what.getObject("entry")));
            case "Runtime.consoleAPICalled" -> complaints.add(String.valueOf(what.get("args")));
            default -> {
                // ignored
            }
        }
    }

    private JsonObject call(String method, Map<String, ?> parameters) {
        return devTools.call(session, method, parameters);
    }

    /** Sets the size of the window in pixels, and whether the user prefers dark. */
    public BrowserPage looks(int width, int height, boolean dark) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        return this;
    }

    /** Opens an address and waits until everything is loaded. */
    public BrowserPage open(String address) {
        loaded = new CompletableFuture<>();
        call("Page.navigate", Map.of("url", address));
        loaded.orTimeout(1, TimeUnit.MINUTES).join();
        return this;
    }

    /** The value of an expression; waits for a promise. */
    public Object evaluate(String expression) {
        JsonObject said = call(
                "Runtime.evaluate",
                Map.of("expression", expression, "returnByValue", true, "awaitPromise", true, "userGesture", true));
        if (said.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + said.get("exceptionDetails"));
        }
        return said.getObject("result").get("value");
    }

    /** Waits until an expression is true; evaluates it again after each change of the document. */
    public void await(String expression) {
        evaluate("new Promise((come, never) => {"
                + " const met = () => { if (" + expression + ") { watch.disconnect(); come(true); } };"
                + " const watch = new MutationObserver(met);"
                + " watch.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});"
                + " setTimeout(() => never(new Error('has not come')), 60000); met(); })");
    }

    /** Presses and releases a key: Tab, Enter, Escape or a space. */
    public void press(String key) {
        Map<String, Object> down = new LinkedHashMap<>();
        down.put("type", "keyDown");
        down.put("key", key);
        down.put("code", key.equals(" ") ? "Space" : key);
        down.put("windowsVirtualKeyCode", KEYS.get(key));
        if (key.equals("Enter") || key.equals(" ")) {
            down.put("text", key.equals("Enter") ? "\r" : key);
        }
        call("Input.dispatchKeyEvent", down);
        Map<String, Object> up = new LinkedHashMap<>(down);
        up.put("type", "keyUp");
        up.remove("text");
        call("Input.dispatchKeyEvent", up);
    }

    /** The errors of scripts and content policies. */
    public List<String> complaints() {
        evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))");
        return List.copyOf(complaints);
    }

    /** A screenshot of the top of the page, as PNG. */
    public byte[] picture(int width, int height) {
        return picture(Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1));
    }

    /** A screenshot of the first element that a selector finds, as PNG. */
    public byte[] picture(String selector) {
        JsonObject place = (JsonObject) evaluate("(() => { const r = document.querySelector('" + selector
                + "').getBoundingClientRect(); return {x: r.x + scrollX, y: r.y + scrollY, width: r.width,"
                + " height: r.height, scale: 1}; })()");
        return picture(place);
    }

    private byte[] picture(Map<String, ?> clip) {
        JsonObject said =
                call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true, "clip", clip));
        return Base64.getDecoder().decode(said.getString("data"));
    }
}
