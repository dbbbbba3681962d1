package hudson.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Something that actions can be attached to. */
public abstract class Actionable implements ModelObject {
    private final List<Action> actions = new CopyOnWriteArrayList<>();

    /** All that are attached. */
    @Deprecated
    public @NonNull List<Action> getActions() {
        return actions;
    }

    /** All that are attached. */
    public final @NonNull List<? extends Action> getAllActions() {
        return new ArrayList<>(actions);
    }

    /** All of a type. */
    public @NonNull <T extends Action> List<T> getActions(@NonNull Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Action action : actions) {
            if (type.isInstance(action)) {
                found.add(type.cast(action));
            }
        }
        return found;
    }

    /** The first of a type, or null. */
    public <T extends Action> T getAction(@NonNull Class<T> type) {
        List<T> found = getActions(type);
        return found.isEmpty() ? null : found.get(0);
    }

    /** Attaches one. */
    public void addAction(@NonNull Action a) {
        actions.add(a);
    }

    /** Attaches one in the place of those of its class. */
    public void replaceAction(@NonNull Action a) {
        addOrReplaceAction(a);
    }

    /** Attaches one in the place of those of its class; tells whether anything changed. */
    public boolean addOrReplaceAction(@NonNull Action a) {
        actions.removeIf(old -> old.getClass() == a.getClass());
        addAction(a);
        return true;
    }

    /** Takes one off. */
    public boolean removeAction(Action a) {
        return actions.remove(a);
    }
}
