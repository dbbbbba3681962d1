package io.jenkins.plugins.drbdocfs2.engine;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The forms in which programs may print a secret: plain, quoted for a shell, escaped in double quotes, for a URL, and in
 * Base64, alone or within other data.
 */
final class SecretForms {
    private static final int SHORTEST_LINE = 8;
    private static final int SHORTEST_BASE64 = 5;

    private SecretForms() {}

    /** All forms of all secrets; null and empty ones are ignored. */
    static Set<String> of(Collection<String> secrets) {
        Set<String> forms = new LinkedHashSet<>();
        for (String secret : secrets) {
            if (secret != null && !secret.isEmpty()) {
                add(secret, forms);
                addLines(secret, forms);
            }
        }
        return forms;
    }

    /** Each line of a key, because a log is masked line by line. */
    private static void addLines(String secret, Set<String> forms) {
        if (secret.indexOf('\n') >= 0) {
            secret.lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= SHORTEST_LINE && !line.startsWith("-----"))
                    .forEach(line -> add(line, forms));
        }
    }

    private static void add(String secret, Set<String> forms) {
        forms.add(secret);
        forms.add(secret.replace("'", "'\\''"));
        forms.add(secret.replace("'", "'\"'\"'"));
        String escaped = secret.replace("\\", "\\\\").replace("\"", "\\\"");
        forms.add(escaped);
        forms.add(escaped.replace("$", "\\$").replace("`", "\\`"));
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        forms.add(url);
        forms.add(url.replace("+", "%20"));
        for (int before = 0; before < 3; before++) {
            String base64 = base64(secret.getBytes(StandardCharsets.UTF_8), before);
            if (base64.length() >= SHORTEST_BASE64) {
                forms.add(base64);
                forms.add(base64.replace('+', '-').replace('/', '_'));
            }
        }
    }

    /** The Base64 form that is independent of the bytes after it, for a number of bytes before it modulo 3. */
    private static String base64(byte[] secret, int before) {
        byte[] shifted = new byte[before + secret.length];
        System.arraycopy(secret, 0, shifted, before, secret.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int first = (before * 8 + 5) / 6;
        int end = shifted.length * 8 / 6;
        return encoded.substring(Math.min(first, end), end);
    }
}
