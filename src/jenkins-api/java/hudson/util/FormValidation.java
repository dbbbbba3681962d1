package hudson.util;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import java.io.IOException;
import java.util.Collection;

/** The result of the validation of a form field. */
public abstract class FormValidation extends IOException {
    private static final long serialVersionUID = 1L;

    public enum Kind {
        OK,
        WARNING,
        ERROR
    }

    public final @NonNull Kind kind;

    private FormValidation(@NonNull Kind kind, String html) {
        super(html);
        this.kind = kind;
    }

    public abstract String renderHtml();

    public static FormValidation ok() {
        return of(Kind.OK, null);
    }

    public static FormValidation ok(String message) {
        return of(Kind.OK, message);
    }

    public static FormValidation warning(String message) {
        return of(Kind.WARNING, message);
    }

    public static FormValidation error(String message) {
        return of(Kind.ERROR, message);
    }

    public static FormValidation error(String format, Object... args) {
        return error(String.format(format, args));
    }

    public static FormValidation error(Throwable e, String message) {
        FormValidation validation = error(message);
        validation.initCause(e);
        return validation;
    }

    public static @NonNull FormValidation aggregate(@NonNull Collection<FormValidation> validations) {
        Kind worst = Kind.OK;
        StringBuilder html = new StringBuilder();
        for (FormValidation validation : validations) {
            worst = validation.kind.compareTo(worst) > 0 ? validation.kind : worst;
            html.append("<li>").append(validation.renderHtml()).append("</li>");
        }
        return ofMarkup(worst, "<ul>" + html + "</ul>");
    }

    public static FormValidation validateRequired(String value) {
        return Util.fixEmptyAndTrim(value) == null ? error("Required") : ok();
    }

    public static FormValidation validatePositiveInteger(String value) {
        return validateAtLeast(value, 1, "Not a positive number");
    }

    public static FormValidation validateNonNegativeInteger(String value) {
        return validateAtLeast(value, 0, "Number may not be negative");
    }

    public static FormValidation validateIntegerInRange(String value, int lower, int upper) {
        try {
            int number = Integer.parseInt(value);
            return number < lower || number > upper ? error("Not an integer in the range %d - %d", lower, upper) : ok();
        } catch (NumberFormatException e) {
            return error("Not an integer in the range %d - %d", lower, upper);
        }
    }

    private static FormValidation validateAtLeast(String value, int least, String message) {
        try {
            return Integer.parseInt(value) < least ? error(message) : ok();
        } catch (NumberFormatException e) {
            return error("Not a number");
        }
    }

    private static FormValidation of(Kind kind, @CheckForNull String message) {
        return ofMarkup(kind, message == null ? null : Util.escape(message));
    }

    private static FormValidation ofMarkup(Kind kind, String html) {
        return new Plain(kind, html);
    }

    @Override
    public String toString() {
        return kind + ": " + getMessage();
    }

    private static final class Plain extends FormValidation {
        private static final long serialVersionUID = 1L;

        Plain(Kind kind, String html) {
            super(kind, html);
        }

        @Override
        public String renderHtml() {
            return getMessage() == null ? "<div/>" : getMessage();
        }
    }
}
