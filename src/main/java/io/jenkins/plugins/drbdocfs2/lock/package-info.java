/** Locks of nodes: one build changes a node at a time. */
package io.jenkins.plugins.drbdocfs2.lock;
