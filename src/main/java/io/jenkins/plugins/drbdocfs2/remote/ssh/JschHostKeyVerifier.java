package io.jenkins.plugins.drbdocfs2.remote.ssh;

import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.UserInfo;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKey;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeyErrors;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import java.io.IOException;

/** Checks the key of one node with {@link HostKeys} and keeps the verdict. */
final class JschHostKeyVerifier implements HostKeyRepository {
    private final Node node;
    private final HostKeys hostKeys;
    private HostKey shown;
    private HostKeys.Verdict verdict = HostKeys.Verdict.ACCEPTED;
    private IOException unreadable;

    JschHostKeyVerifier(Node node, HostKeys hostKeys) {
        this.node = node;
        this.hostKeys = hostKeys;
    }

    @Override
    public int check(String host, byte[] key) {
        shown = HostKey.of(key);
        try {
            verdict = hostKeys.judge(node.host(), node.port(), shown);
        } catch (IOException e) {
            unreadable = e;
            return NOT_INCLUDED;
        }
        return switch (verdict) {
            case ACCEPTED -> OK;
            case UNKNOWN -> NOT_INCLUDED;
            case CHANGED, REVOKED -> CHANGED;
        };
    }

    /** The error, or null. */
    RemoteException fault() {
        return unreadable == null
                ? HostKeyErrors.of(node, hostKeys, shown, verdict)
                : HostKeyErrors.unreadable(node, hostKeys, unreadable);
    }

    @Override
    public com.jcraft.jsch.HostKey[] getHostKey(String host, String type) {
        return getHostKey();
    }

    @Override
    public com.jcraft.jsch.HostKey[] getHostKey() {
        return new com.jcraft.jsch.HostKey[0];
    }

    @Override
    public String getKnownHostsRepositoryID() {
        return hostKeys.where();
    }

    @Override
    public void add(com.jcraft.jsch.HostKey key, UserInfo user) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void remove(String host, String type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void remove(String host, String type, byte[] key) {
        throw new UnsupportedOperationException();
    }
}
