package hudson.util;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;

/** What a form's list offers. */
public class ListBoxModel extends ArrayList<ListBoxModel.Option> {
    private static final long serialVersionUID = 1L;

    /** One of it. */
    public static final class Option {
        /** What is shown. */
        public @NonNull String name;

        /** What is kept. */
        public @NonNull String value;

        /** Whether it is chosen. */
        public boolean selected;

        /** Shown and kept the same. */
        public Option(@NonNull String name) {
            this(name, name);
        }

        /** Not chosen. */
        public Option(@NonNull String name, @NonNull String value) {
            this(name, value, false);
        }

        /** All three. */
        public Option(@NonNull String name, @NonNull String value, boolean selected) {
            this.name = name;
            this.value = value;
            this.selected = selected;
        }

        @Override
        public String toString() {
            return name + "=" + value + (selected ? "[selected]" : "");
        }
    }

    /** Nothing yet. */
    public ListBoxModel() {}

    /** Of these. */
    public ListBoxModel(Option... data) {
        for (Option option : data) {
            add(option);
        }
    }

    /** One more. */
    public void add(@NonNull String displayName, @NonNull String value) {
        add(new Option(displayName, value));
    }

    /** One more, shown and kept the same. */
    public ListBoxModel add(@NonNull String nameAndValue) {
        add(nameAndValue, nameAndValue);
        return this;
    }
}
