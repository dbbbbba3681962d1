package io.jenkins.plugins.drbdocfs2.remote;

import java.io.Serializable;

/**
 * A node of a cluster, as in the Jenkinsfile.
 *
 * @param name the output of {@code uname -n} on the node; DRBD and o2cb use this name
 * @param host the host name or address of its SSH server
 * @param port the port of its SSH server, 1 to 65535
 * @param address the IP address for replication and the cluster heartbeat, reachable from the other nodes
 */
public record Node(String name, String host, int port, String address) implements Serializable {}
