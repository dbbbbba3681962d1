package hudson.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An object that has actions. */
public abstract class Actionable implements ModelObject {
    private final List<Action> actions = new CopyOnWriteArrayList<>();

    @Deprecated
    public @NonNull List<Action> getActions() {
        return actions;
    }

    public final @NonNull List<? extends Action> getAllActions() {
        return new ArrayList<>(actions);
    }

    public @NonNull <T extends Action> List<T> getActions(@NonNull Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Action action : actions) {
            if (type.isInstance(action)) {
                found.add(type.cast(action));
            }
        }
        return found;
    }

    public <T extends Action> T getAction(@NonNull Class<T> type) {
        List<T> found = getActions(type);
        return found.isEmpty() ? null : found.get(0);
    }

    public void addAction(@NonNull Action a) {
        actions.add(a);
    }

    public void replaceAction(@NonNull Action a) {
        addOrReplaceAction(a);
    }

    public boolean addOrReplaceAction(@NonNull Action a) {
        actions.removeIf(old -> old.getClass() == a.getClass());
        addAction(a);
        return true;
    }

    public boolean removeAction(Action a) {
        return actions.remove(a);
    }
}
