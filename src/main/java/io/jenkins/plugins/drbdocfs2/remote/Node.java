package io.jenkins.plugins.drbdocfs2.remote;

import java.io.Serializable;

/**
 * A node of a cluster, as the Jenkinsfile names it.
 *
 * @param name what {@code uname -n} prints on the node; DRBD and o2cb know the node by it
 * @param host where SSH reaches it: a host name or an address
 * @param port the port of its SSH server, 1 to 65535
 * @param address the IP address at which the other nodes reach it, for replication and the cluster's heartbeat
 */
public record Node(String name, String host, int port, String address) implements Serializable {}
