package io.jenkins.plugins.drbdocfs2.runner.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Result;
import io.jenkins.plugins.drbdocfs2.runner.build.LocalRun;
import java.io.IOException;

/** {@code currentBuild}. */
public final class BuildVariable {
    private final LocalRun run;

    BuildVariable(LocalRun run) {
        this.run = run;
    }

    /** Its result so far, or null. */
    public @CheckForNull String getResult() {
        Result result = run.getResult();
        return result == null ? null : result.toString();
    }

    /** Makes its result worse. */
    public void setResult(String result) throws AbortException {
        Result known = Result.fromString(result);
        if (!known.toString().equalsIgnoreCase(result)) {
            throw new AbortException("There is no result " + result);
        }
        run.setResult(known);
    }

    /** Its result so far; never null. */
    public String getCurrentResult() {
        Result result = run.getResult();
        return result == null ? Result.SUCCESS.toString() : result.toString();
    }

    /** Whether its result so far is no worse than this. */
    public boolean resultIsBetterOrEqualTo(String other) {
        return Result.fromString(getCurrentResult()).isBetterOrEqualTo(Result.fromString(other));
    }

    /** Whether its result so far is no better than this. */
    public boolean resultIsWorseOrEqualTo(String other) {
        return Result.fromString(getCurrentResult()).isWorseOrEqualTo(Result.fromString(other));
    }

    /** Its description, or null. */
    public @CheckForNull String getDescription() {
        return run.getDescription();
    }

    /** Sets its description. */
    public void setDescription(String description) throws IOException {
        run.setDescription(description);
    }

    /** Its name. */
    public String getDisplayName() {
        return run.getDisplayName();
    }

    /** Sets its display name. */
    public void setDisplayName(String displayName) throws IOException {
        run.setDisplayName(displayName);
    }

    /** The name of the job and of the build. */
    public String getFullDisplayName() {
        return run.getFullDisplayName();
    }

    /** The name of the job. */
    public String getProjectName() {
        return run.getParent().getName();
    }

    /** Its number. */
    public int getNumber() {
        return run.getNumber();
    }

    /** Its number as text. */
    public String getId() {
        return run.getId();
    }

    /** Its duration so far in milliseconds. */
    public long getDuration() {
        return System.currentTimeMillis() - run.getStartTimeInMillis();
    }

    /** The previous build; there is none. */
    public @CheckForNull Object getPreviousBuild() {
        return null;
    }
}
