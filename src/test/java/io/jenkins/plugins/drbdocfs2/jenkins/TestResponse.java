package io.jenkins.plugins.drbdocfs2.jenkins;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kohsuke.stapler.StaplerResponse2;

/** A response that keeps what is written to it. */
final class TestResponse {
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status = 200;

    StaplerResponse2 asResponse() {
        return (StaplerResponse2) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {StaplerResponse2.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "setContentType" -> headers.put("Content-Type", (String) arguments[0]);
                        case "setHeader" -> headers.put((String) arguments[0], (String) arguments[1]);
                        case "sendError" -> status = (Integer) arguments[0];
                        case "getOutputStream" -> {
                            return new Body();
                        }
                        default -> throw new UnsupportedOperationException(method.toString());
                    }
                    return null;
                });
    }

    Map<String, String> headers() {
        return headers;
    }

    int status() {
        return status;
    }

    String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    private final class Body extends ServletOutputStream {
        @Override
        public void write(int b) {
            body.write(b);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
