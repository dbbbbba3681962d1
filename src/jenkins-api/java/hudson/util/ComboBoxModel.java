package hudson.util;

import java.util.ArrayList;
import java.util.List;

/** The proposals of a text field. */
public class ComboBoxModel extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    public ComboBoxModel() {}

    public ComboBoxModel(String... values) {
        super(List.of(values));
    }
}
