package hudson.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.security.ACL;
import java.io.File;
import java.io.IOException;
import jenkins.model.Jenkins;

/** The base of items. */
public abstract class AbstractItem extends Actionable implements Item {
    private final transient ItemGroup<?> parent;
    private final String name;

    protected AbstractItem(ItemGroup<?> parent, String name) {
        this.parent = parent;
        this.name = name;
    }

    @Override
    public @NonNull ItemGroup<?> getParent() {
        return parent;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getDisplayName() {
        return name;
    }

    @Override
    public final String getFullName() {
        return parent.getFullName().isEmpty() ? name : parent.getFullName() + "/" + name;
    }

    @Override
    public final String getFullDisplayName() {
        return getFullName().replace("/", " » ");
    }

    @Override
    public final String getUrl() {
        return parent.getUrl() + "job/" + name + "/";
    }

    @Override
    public File getRootDir() {
        return new File(parent.getRootDir(), "jobs/" + name);
    }

    /** Saves nothing here. */
    @Override
    public synchronized void save() throws IOException {}

    @Override
    public @NonNull ACL getACL() {
        return Jenkins.get().getACL();
    }
}
