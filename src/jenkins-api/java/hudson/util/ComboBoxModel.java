package hudson.util;

import java.util.ArrayList;
import java.util.List;

/** What a form's text field proposes. */
public class ComboBoxModel extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    /** Nothing. */
    public ComboBoxModel() {}

    /** These. */
    public ComboBoxModel(String... values) {
        super(List.of(values));
    }
}
