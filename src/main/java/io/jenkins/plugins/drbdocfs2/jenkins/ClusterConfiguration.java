package io.jenkins.plugins.drbdocfs2.jenkins;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PersistentDescriptor;
import io.jenkins.plugins.drbdocfs2.check.Check;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
     * Sets and saves the clusters.
     *
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if a name is not valid or not unique
     */
    @DataBoundSetter
    public synchronized void setClusters(List<NamedCluster> clusters) {
        List<NamedCluster> given = clusters == null ? List.of() : clusters;
        Set<String> names = new HashSet<>();
        for (NamedCluster cluster : given) {
            NamedCluster.checkName(cluster.getName());
            Check.that(names.add(cluster.getName()), "name of a cluster", cluster.getName(), "not be given twice");
        }
        this.clusters = new ArrayList<>(given);
        save();
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
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if there is none; the message names the existing ones
     */
    public NamedCluster cluster(String name) {
        List<NamedCluster> known = getClusters();
        return known.stream()
                .filter(cluster -> cluster.getName().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        Check.wrong("cluster", name, "be the name of a configured cluster (" + names(known) + ")"));
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
            clusters.forEach(ParameterTexts::checkMandatory);
            change.commit();
            return true;
        } catch (IOException | RuntimeException e) {
            clusters = clustersBefore;
            hostKeys = hostKeysBefore;
            throw new FormException(causeOf(e).getMessage(), e, "clusters");
        }
    }

    private static Throwable causeOf(Throwable e) {
        return e.getCause() == null ? e : causeOf(e.getCause());
    }
}
