package io.jenkins.plugins.drbdocfs2.check;

/** Limits on a text that a JSON parser may read. */
public final class JsonText {
    private static final int MAX_DEPTH = 100;
    private static final int MAX_NUMBER = 400;

    private JsonText() {}

    /**
     * Returns the text if a parser can read it in linear time: values are nested at most 100 deep, because nesting needs
     * stack, and no number has more than 400 characters, because numbers need quadratic time.
     *
     * @throws TextFormatException if not
     */
    public static String bounded(String text) {
        int depth = 0;
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            number = c >= '0' && c <= '9' ? number + 1 : 0;
            if (c == '"') {
                i = endOfString(text, i);
            } else if (c == '[' || c == '{') {
                depth++;
            } else if (c == ']' || c == '}') {
                depth--;
            }
            if (depth > MAX_DEPTH || number > MAX_NUMBER) {
                throw new TextFormatException(
                        depth > MAX_DEPTH
                                ? "JSON with values more than " + MAX_DEPTH + " deep inside each other"
                                : "JSON with a number of more than " + MAX_NUMBER + " digits");
            }
        }
        return text;
    }

    private static int endOfString(String text, int start) {
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i;
            }
        }
        return text.length();
    }
}
