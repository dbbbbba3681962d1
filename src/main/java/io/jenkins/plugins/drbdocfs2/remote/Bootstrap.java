package io.jenkins.plugins.drbdocfs2.remote;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** How a script starts on a node: one command line, the same for all, and what it reads. See bootstrap.sh. */
final class Bootstrap {
    private static final String TEXT = load();

    private Bootstrap() {}

    /** The command line, for any login shell. */
    static String commandLine(Become how) {
        String sudo =
                switch (how) {
                    case LOGIN -> "";
                    case SUDO -> "env LC_ALL=C sudo -n -- ";
                    case SUDO_WITH_PASSWORD -> "env LC_ALL=C sudo -k -S -p \"\" -- ";
                };
        return "exec " + sudo + "/bin/sh -c '" + TEXT + "'";
    }

    /**
     * What the command line reads.
     *
     * @param mark what names this run in its outputs
     * @param password read by sudo; used only where it asks for one
     */
    static byte[] input(Become how, String password, String mark, String script) {
        byte[] text = script.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream input = new ByteArrayOutputStream(text.length + 512);
        if (how == Become.SUDO_WITH_PASSWORD) {
            input.writeBytes((password + "\n").getBytes(StandardCharsets.UTF_8));
        }
        input.writeBytes(("drbd-ocfs2 " + mark + " " + text.length + "\n").getBytes(StandardCharsets.UTF_8));
        input.writeBytes(text);
        return input.toByteArray();
    }

    private static String load() {
        try (InputStream in = Bootstrap.class.getResourceAsStream("bootstrap.sh")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining(" "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
