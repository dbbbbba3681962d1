package io.jenkins.plugins.drbdocfs2.operation.fencing;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text with the parameters of a fence agent: {@code ip=10.0.9.1 lanplus=1 ssh_options="-t -v"}. */
final class DeviceParameters {
    private static final String FIELD = "parameters";
    private static final Pattern WORD =
            Pattern.compile("\\s*+([A-Za-z][A-Za-z0-9_-]{0,60})=(\"[^\"]*+\"|'[^']*+'|[^\\s\"']\\S*+|)(?=\\s|$)");

    /** What the step itself sets. */
    private static final Set<String> OWN = Set.of("action", "option", "agent");

    /** What tells one device from another, if it is given. */
    private static final List<String> PLACE = List.of(
            "ip", "ipaddr", "ipport", "plug", "port", "systems_uri", "systems-uri", "region", "pve_node", "devices");

    private DeviceParameters() {}

    /**
     * Reads them.
     *
     * @param text words of the form {@code name=value}; a value with blanks in quotes. May be null
     * @throws InvalidParameterException if it has another form, or has a secret
     */
    static Map<String, String> parse(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String rest = text == null ? "" : Check.sendable(FIELD, text).strip();
        Matcher word = WORD.matcher(rest);
        int at = 0;
        while (at < rest.length()) {
            boolean found = word.find(at) && word.start() == at;
            Check.that(
                    found,
                    FIELD,
                    DeviceSecrets.maskWords(rest.substring(at).strip()),
                    "be words of the form name=value, values with blanks in quotes");
            put(word.group(1), unquoted(word.group(2)), parameters);
            at = word.end();
        }
        return parameters;
    }

    private static void put(String name, String value, Map<String, String> parameters) {
        if (DeviceSecrets.isSecret(name)) {
            throw new InvalidParameterException(
                    FIELD, "parameters must not have the secret '" + name + "': use credentialsId.");
        }
        Check.that(
                !OWN.contains(name.toLowerCase(Locale.ROOT)),
                FIELD,
                name,
                "not have " + name + ", which the step sets itself");
        Check.that(!parameters.containsKey(name), FIELD, name, "have each name once");
        Check.that(isReadAsItIs(value), FIELD, value, "have values of one line without blanks or quotes around them");
        parameters.put(name, value);
    }

    /** Whether a fence agent, which strips blanks and double quotes around a value, reads it unchanged. */
    static boolean isReadAsItIs(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return value.equals(value.strip()) && !quoted && value.chars().noneMatch(Character::isISOControl);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && (value.startsWith("\"") || value.startsWith("'"));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** The parameters that tell one device from another: address and plug if they are given, else all. */
    static Map<String, String> place(Map<String, String> parameters) {
        Map<String, String> place = new LinkedHashMap<>(parameters);
        place.keySet().retainAll(PLACE);
        return place.isEmpty() ? parameters : place;
    }
}
