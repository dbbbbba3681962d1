package io.jenkins.plugins.drbdocfs2.check;

/** A text is not in the format that it should be in: a file written by hand, or a tool's output that was cut off. */
public class TextFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    /**
     * @param line counted from 1; 0 where it is not known
     * @param column counted from 1; 0 where it is not known
     * @param message what is wrong, without the place
     */
    public TextFormatException(int line, int column, String message) {
        super(place(line, column) + message);
        this.line = line;
        this.column = column;
    }

    /** Without a place. */
    public TextFormatException(String message) {
        this(0, 0, message);
    }

    /** The line, counted from 1; 0 where it is not known. */
    public int line() {
        return line;
    }

    /** The column, counted from 1; 0 where it is not known. */
    public int column() {
        return column;
    }

    private static String place(int line, int column) {
        if (line == 0) {
            return "";
        }
        return column == 0 ? "line " + line + ": " : "line " + line + ", column " + column + ": ";
    }
}
