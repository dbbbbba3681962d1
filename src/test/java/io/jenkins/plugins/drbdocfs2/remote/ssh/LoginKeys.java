package io.jenkins.plugins.drbdocfs2.remote.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import io.jenkins.plugins.drbdocfs2.remote.ssh.SshLogin.BadKeyException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;

/** Private keys as text of credentials. */
public final class LoginKeys {
    private static final KeyPair EC = TestServer.newKey("EC", 256);

    private LoginKeys() {}

    /** Readable keys. */
    public static List<String> samples() {
        try {
            return List.of(TestServer.openSsh(EC, null), TestServer.pem(EC));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Prepares a login with a key.
     *
     * @throws IllegalArgumentException if the text is not a key
     */
    public static Object read(String key) throws JSchException {
        JSch jsch = new JSch();
        try {
            SshLogin.prepare(jsch, jsch.getSession("u", "h", 22), new Login("c", "u", List.of(key), null, null));
            return jsch;
        } catch (BadKeyException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
