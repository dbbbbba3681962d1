package jenkins.model;

import hudson.model.Action;
import hudson.model.Run;

/** An action that knows its build. */
public interface RunAction2 extends Action {
    /** Called as it is attached. */
    void onAttached(Run<?, ?> r);

    /** Called as its build is read from disk. */
    void onLoad(Run<?, ?> r);
}
