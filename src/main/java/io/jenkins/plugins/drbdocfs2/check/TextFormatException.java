package io.jenkins.plugins.drbdocfs2.check;

/** A text has the wrong format: a file written by hand, or truncated output of a tool. */
public class TextFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int line;

    /**
     * @param line counted from 1; 0 if unknown
     * @param column counted from 1; 0 if unknown
     * @param message what is wrong, without the place
     */
    public TextFormatException(int line, int column, String message) {
        super(place(line, column) + message);
        this.line = line;
    }

    /** Without a place. */
    public TextFormatException(String message) {
        this(0, 0, message);
    }

    /** The line, counted from 1; 0 if unknown. */
    public int line() {
        return line;
    }

    private static String place(int line, int column) {
        if (line == 0) {
            return "";
        }
        return column == 0 ? "line " + line + ": " : "line " + line + ", column " + column + ": ";
    }
}
