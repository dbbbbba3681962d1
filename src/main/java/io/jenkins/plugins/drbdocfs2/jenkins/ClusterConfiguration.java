package io.jenkins.plugins.drbdocfs2.jenkins;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AdministrativeMonitor;
import hudson.model.PersistentDescriptor;
import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The global configuration: the clusters that jobs can use by name, and the host key strategy for jobs and clusters without
 * their own. It is stored in {@code JENKINS_HOME} under the name of this class; in configuration as code it is
 * {@code unclassified: drbdOcfs2:}.
 */
@Extension
@Symbol("drbdOcfs2")
public final class ClusterConfiguration extends GlobalConfiguration implements PersistentDescriptor {
    private List<NamedCluster> clusters = new ArrayList<>();
    private HostKeyStrategy hostKeys = new KnownHostsFileStrategy();

    /** The only instance. */
    public static ClusterConfiguration get() {
        return ExtensionList.lookupSingleton(ClusterConfiguration.class);
    }

    @Override
    @NonNull
    public String getDisplayName() {
        return "DRBD and OCFS2 clusters";
    }

    /** The clusters that jobs can use by name. */
    public synchronized List<NamedCluster> getClusters() {
        return new ArrayList<>(clusters);
    }

    /**
     * Sets and saves the clusters, also those with names that are not valid or not unique: configuration as code would make of
     * an exception an error without the reason. {@link NamesMonitor} shows the reason, and jobs cannot use the name.
     */
    @DataBoundSetter
    public synchronized void setClusters(List<NamedCluster> clusters) {
        this.clusters = clusters == null ? new ArrayList<>() : new ArrayList<>(clusters);
        save();
    }

    /** What is wrong with the names of the clusters, one sentence each. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (NamedCluster cluster : getClusters()) {
            try {
                NamedCluster.checkName(cluster.getName());
                Check.that(names.add(cluster.getName()), "name of a cluster", cluster.getName(), "not be given twice");
            } catch (InvalidParameterException e) {
                problems.add(e.getMessage());
            }
        }
        return problems.stream().distinct().toList();
    }

    /** The default host key strategy. */
    public synchronized HostKeyStrategy getHostKeys() {
        return hostKeys;
    }

    /** Sets and saves the default host key strategy; null means the known_hosts file. */
    @DataBoundSetter
    public synchronized void setHostKeys(HostKeyStrategy hostKeys) {
        this.hostKeys = hostKeys == null ? new KnownHostsFileStrategy() : hostKeys;
        save();
    }

    /**
     * The cluster with a name.
     *
     * @throws InvalidParameterException if there is none, and the message names the existing ones; if several
     *     have the name; or if it is not a valid one
     */
    public NamedCluster cluster(String name) {
        List<NamedCluster> known = getClusters();
        List<NamedCluster> found = known.stream()
                .filter(cluster -> Objects.equals(cluster.getName(), name))
                .toList();
        if (found.isEmpty()) {
            throw Check.wrong("cluster", name, "be the name of a configured cluster (" + names(known) + ")");
        }
        Check.that(found.size() == 1, "cluster", name, "be the name of one cluster, and " + found.size() + " have it");
        NamedCluster.checkName(name);
        return found.get(0);
    }

    private static String names(List<NamedCluster> known) {
        return known.isEmpty()
                ? "there are none yet, see Manage Jenkins, System, DRBD and OCFS2 clusters"
                : known.stream().map(NamedCluster::getName).collect(Collectors.joining(", "));
    }

    // A form without any cluster has no field for clusters at all. An invalid form changes nothing.
    @Override
    public synchronized boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        List<NamedCluster> clustersBefore = clusters;
        HostKeyStrategy hostKeysBefore = hostKeys;
        try (BulkChange change = new BulkChange(this)) {
            clusters = new ArrayList<>();
            req.bindJSON(this, json);
            checkNames();
            clusters.forEach(ParameterTexts::checkMandatory);
            change.commit();
            return true;
        } catch (IOException | RuntimeException e) {
            clusters = clustersBefore;
            hostKeys = hostKeysBefore;
            throw new FormException(causeOf(e).getMessage(), e, "clusters");
        }
    }

    /**
     * Checks the names of all clusters.
     *
     * @throws InvalidParameterException for the first that is not valid or not unique
     */
    public void checkNames() {
        problems().stream().findFirst().ifPresent(problem -> {
            throw new InvalidParameterException("clusters", problem);
        });
    }

    private static Throwable causeOf(Throwable e) {
        return e.getCause() == null ? e : causeOf(e.getCause());
    }

    /** Tells administrators about clusters that jobs cannot use, because their names are not valid or not unique. */
    @Extension
    public static final class NamesMonitor extends AdministrativeMonitor {
        @Override
        public String getDisplayName() {
            return "DRBD and OCFS2 clusters that jobs cannot use";
        }

        @Override
        public boolean isActivated() {
            return !getProblems().isEmpty();
        }

        /** What is wrong, one sentence each. */
        public List<String> getProblems() {
            return ClusterConfiguration.get().problems();
        }
    }
}
