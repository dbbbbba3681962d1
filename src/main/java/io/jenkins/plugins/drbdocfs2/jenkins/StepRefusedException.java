package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.AbortException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/**
 * A step that refused and changed nothing. A Jenkinsfile can catch it and read the reasons, as in
 * {@code catch (err) { if (err.refusals[0].id == 'drbd.peer-primary') ... }}. A build may be saved while it holds one, so it
 * holds only plain values.
 */
public final class StepRefusedException extends AbortException {
    private static final long serialVersionUID = 1L;

    private final ArrayList<LinkedHashMap<String, Object>> refusals = new ArrayList<>();

    /**
     * @param message the message for the build log
     * @param refusals the reasons, each with its ID and parts
     */
    public StepRefusedException(String message, List<Map<String, Object>> refusals) {
        super(message);
        refusals.forEach(reason -> this.refusals.add(new LinkedHashMap<>(reason)));
    }

    /**
     * The reasons, at least one: {@code id}, {@code finding} and, if known, {@code node}, {@code loss},
     * {@code allowedBy} and {@code remedy}, all texts.
     */
    @Whitelisted
    public List<Map<String, Object>> getRefusals() {
        return new ArrayList<>(refusals);
    }
}
