package io.jenkins.plugins.drbdocfs2.ocfs2;

import java.io.Serializable;

/**
 * A node in {@code /etc/ocfs2/cluster.conf}. o2cb(8).
 *
 * @param number its node number in the cluster, 0 to 254
 * @param name the host name of the node without domain
 * @param address its IPv4 address
 * @param port the TCP port of o2net, 7777 by default
 */
public record O2cbNode(int number, String name, String address, int port) implements Serializable {}
