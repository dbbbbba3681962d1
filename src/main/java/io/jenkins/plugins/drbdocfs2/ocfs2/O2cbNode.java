package io.jenkins.plugins.drbdocfs2.ocfs2;

import java.io.Serializable;

/**
 * A node in {@code /etc/ocfs2/cluster.conf}. o2cb(8).
 *
 * @param number 0 to 254, its own in the cluster
 * @param name the node's host name without domain
 * @param address its IPv4 address
 * @param port the TCP port of o2net, 7777 by default
 */
public record O2cbNode(int number, String name, String address, int port) implements Serializable {}
