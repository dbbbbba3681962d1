package io.jenkins.plugins.drbdocfs2.jenkins;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.drbdocfs2.report.ReportHtml;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves the page of a build or a job like Jenkins, with only its style sheet and its script, under a strict content
 * security policy. */
final class ReportServer implements AutoCloseable {
    // that of jenkins.security.csp in Jenkins 2.579, but without 'unsafe-inline' for styles
    private static final String POLICY =
            "default-src 'self'; script-src 'report-sample' 'self'; style-src 'report-sample'"
                    + " 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

    private final ReportAction report;
    private final JobClusterAction job;
    private final String theme;
    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean down;

    /** @param theme a style sheet, like the themes of Jenkins */
    ReportServer(ReportAction report, String theme) throws IOException {
        this(report, null, theme);
    }

    /** @param theme a style sheet, like the themes of Jenkins */
    ReportServer(JobClusterAction job, String theme) throws IOException {
        this(null, job, theme);
    }

    private ReportServer(ReportAction report, JobClusterAction job, String theme) throws IOException {
        this.report = report;
        this.job = job;
        this.theme = theme;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort()
                + (job == null ? "/job/web/1/drbd-ocfs2/" : "/job/web/drbd-ocfs2/");
    }

    /** The number of requests of the page for updates. */
    int asked() {
        return asked.get();
    }

    /** Makes every request fail, or ends that. */
    void setDown(boolean down) {
        this.down = down;
    }

    private void serve(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().replaceAll(".*/", "");
        switch (name) {
            case "" -> send(exchange, "text/html", page());
            case "theme.css" -> send(exchange, "text/css", theme);
            case "report.css", "report.js" -> send(
                    exchange, name.endsWith("css") ? "text/css" : "text/javascript", resource(name));
            case "live" -> {
                asked.incrementAndGet();
                if (down) {
                    exchange.sendResponseHeaders(503, -1);
                    exchange.close();
                } else {
                    TestResponse response = new TestResponse();
                    report.doLive(
                            response.asResponse(),
                            exchange.getRequestURI().getQuery().replace("at=", ""));
                    send(exchange, response.headers().get("Content-Type"), response.text());
                }
            }
            default -> {
                exchange.sendResponseHeaders(404, -1);
                exchange.close();
            }
        }
    }

    private String page() throws IOException {
        String title = job == null ? "web #1" : "web";
        return "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title + "</title>"
                + "<link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"theme.css\">"
                + "<link rel=\"stylesheet\" href=\"report.css\"><script src=\"report.js\"></script></head><body>"
                + "<h1>DRBD and OCFS2</h1>" + (job == null ? live() : job.getBody()) + "</body></html>";
    }

    private String live() throws IOException {
        return "<div id=\"drbd-live\" data-url=\"live\" data-at=\"" + report.getAt() + "\" data-live=\""
                + report.isLive() + "\">"
                + (report.isLive() ? "<p class=\"drbd-live\" role=\"status\"></p>" : "") + report.getBody()
                + "</div>";
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ReportHtml.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void send(HttpExchange exchange, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
