package io.jenkins.plugins.drbdocfs2;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterNode;
import io.jenkins.plugins.drbdocfs2.jenkins.ManuallyProvidedKeysStrategy;
import io.jenkins.plugins.drbdocfs2.support.SshNode;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Nodes in the configuration of Jenkins. */
final class Nodes {
    /** The ID of the credentials of the nodes. */
    static final String CREDENTIALS = "cluster-root";

    private Nodes() {}

    /** Adds the credentials of the nodes to Jenkins. */
    static void addCredentials() throws Exception {
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        store.getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, CREDENTIALS, "nodes", SshNode.USER, SshNode.PASSWORD));
        store.save();
    }

    /** A node in a list of nodes. */
    static ClusterNode node(SshNode node) {
        ClusterNode listed = new ClusterNode(node.name(), "127.0.0.1");
        listed.setPort(node.port());
        return listed;
    }

    /** Accepts the keys of these nodes. */
    static ManuallyProvidedKeysStrategy keysOf(SshNode... nodes) {
        return new ManuallyProvidedKeysStrategy(
                Stream.of(nodes).map(SshNode::hostKey).collect(Collectors.joining("\n")));
    }

    /** A block of withClusterNodes around steps. */
    static String block(String steps, SshNode... nodes) {
        String keys = keysOf(nodes).getKeys().replace("\n", "\\n");
        return "withClusterNodes(nodes: " + SshNode.list(nodes) + ", credentialsId: '" + CREDENTIALS
                + "', hostKeys: manuallyProvidedKeys('" + keys + "')) {\n" + steps + "\n}\n";
    }
}
