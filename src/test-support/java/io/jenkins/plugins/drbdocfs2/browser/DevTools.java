package io.jenkins.plugins.drbdocfs2.browser;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The remote control of the browser: https://chromedevtools.github.io/devtools-protocol/ */
final class DevTools implements WebSocket.Listener {
    private static final int MINUTES = 2;

    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> calls = new ConcurrentHashMap<>();
    private final List<Consumer<JsonObject>> listeners = new CopyOnWriteArrayList<>();
    private final StringBuilder message = new StringBuilder();
    private WebSocket socket;

    private DevTools() {}

    static DevTools connect(URI address) throws IOException {
        DevTools devTools = new DevTools();
        try {
            devTools.socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(address, devTools)
                    .join();
            return devTools;
        } catch (CompletionException e) {
            throw new IOException(e);
        }
    }

    /** Adds a listener for all events, which have {@code sessionId}, {@code method} and {@code params}. */
    void listen(Consumer<JsonObject> listener) {
        listeners.add(listener);
    }

    /**
     * Calls a method and waits for its result.
     *
     * @param session the page, or null for the browser
     */
    JsonObject call(String session, String method, Map<String, ?> parameters) {
        int id = lastId.incrementAndGet();
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("id", id);
        call.put("method", method);
        call.put("params", parameters);
        if (session != null) {
            call.put("sessionId", session);
        }
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        calls.put(id, answer);
        synchronized (this) {
            socket.sendText(JsonWriter.string(call), true).join();
        }
        JsonObject said = answer.orTimeout(MINUTES, TimeUnit.MINUTES).join();
        if (said.has("error")) {
            throw new AssertionError(method + ": " + said.get("error"));
        }
        return said.getObject("result");
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        message.append(data);
        if (last) {
            String text = message.toString();
            message.setLength(0);
            try {
                take(JsonParser.object().from(text));
            } catch (JsonParserException e) {
                throw new AssertionError(text, e);
            }
        }
        webSocket.request(1);
        return null;
    }

    private void take(JsonObject said) {
        if (said.has("id")) {
            CompletableFuture<JsonObject> call = calls.remove(said.getInt("id"));
            if (call != null) {
                call.complete(said);
            }
        } else {
            listeners.forEach(listener -> listener.accept(said));
        }
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        calls.values().forEach(call -> call.completeExceptionally(error));
    }
}
