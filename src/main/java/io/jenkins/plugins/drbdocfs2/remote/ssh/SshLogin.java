package io.jenkins.plugins.drbdocfs2.remote.ssh;

import com.jcraft.jsch.BoundedKeyboardInteractive;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.PartialLogin;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.UIKeyboardInteractive;
import com.jcraft.jsch.UserInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Presents a {@link Login} to a server: keys first, then the password, once, by one method. */
final class SshLogin implements UserInfo, UIKeyboardInteractive, PartialLogin.Listener {
    private static final int MAX_ROUNDS = 10_000;
    private static final int MAX_METHODS = 10;
    private static final int MAX_BANNER = 4096;

    private final String password;
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private volatile String banner = "";
    private volatile boolean answered;

    private SshLogin(String password) {
        this.password = password;
    }

    /**
     * Prepares a session to log in.
     *
     * @return receives the progress of the login
     * @throws BadKeyException if a private key cannot be read
     */
    static SshLogin prepare(JSch jsch, Session session, Login login) throws JSchException, BadKeyException {
        List<String> methods = new ArrayList<>();
        for (String key : login.privateKeys()) {
            jsch.addIdentity(new Key(load(jsch, key, login)), null);
        }
        if (!login.privateKeys().isEmpty()) {
            methods.add("publickey");
        }
        if (login.password() != null) {
            // In this order, because a server that only advertises the first rejects it without counting a failure
            methods.add("keyboard-interactive");
            methods.add("password");
        }
        session.setConfig("PreferredAuthentications", String.join(",", methods));
        session.setConfig("userauth.keyboard-interactive", BoundedKeyboardInteractive.class.getName());
        // A wrong password is sent once: several failures lock accounts
        session.setConfig("MaxAuthTries", "1");
        session.setConfig("userauth.publickey", PartialLogin.PublicKey.class.getName());
        session.setConfig("userauth.password", PartialLogin.Password.class.getName());
        SshLogin shown = new SshLogin(login.password());
        session.setUserInfo(shown);
        return shown;
    }

    /** The methods that the server accepted as a part of the login, in order. */
    List<String> accepted() {
        return List.copyOf(accepted);
    }

    /** The last message of the server before the login finished; may be empty. */
    String banner() {
        return banner;
    }

    @Override
    public void accepted(String method) {
        if (accepted.size() < MAX_METHODS) {
            accepted.add(method);
        }
    }

    private static KeyPair load(JSch jsch, String text, Login login) throws BadKeyException {
        KeyPair key;
        try {
            key = OpenSshKey.rounds(text) > MAX_ROUNDS
                    ? null
                    : KeyPair.load(jsch, (text.strip() + "\n").getBytes(StandardCharsets.UTF_8), null);
        } catch (JSchException | RuntimeException e) {
            throw new BadKeyException("hold a private key that cannot be read (" + e.getMessage()
                    + "): give one in OpenSSH or PEM form, whole, with its first and last line");
        }
        if (key == null) {
            throw new BadKeyException("hold a private key whose passphrase takes more than " + MAX_ROUNDS
                    + " rounds to try, too long to wait for: give it one with fewer (`ssh-keygen -p -a 100`)");
        }
        if (key.isEncrypted()) {
            if (login.passphrase() == null || login.passphrase().isEmpty()) {
                throw new BadKeyException("hold a private key with a passphrase, but no passphrase: add it to them");
            }
            if (!key.decrypt(login.passphrase().getBytes(StandardCharsets.UTF_8))) {
                throw new BadKeyException("hold a passphrase that does not open their private key: correct it");
            }
        }
        return key;
    }

    @Override
    public String[] promptKeyboardInteractive(
            String destination, String name, String instruction, String[] prompt, boolean[] echo) {
        if (prompt.length == 0) {
            return new String[0];
        }
        return prompt.length == 1 && !echo[0] && promptPassword(prompt[0]) ? new String[] {getPassword()} : null;
    }

    @Override
    public boolean promptPassword(String message) {
        return password != null && !answered;
    }

    @Override
    public String getPassword() {
        answered = true;
        return password;
    }

    @Override
    public boolean promptPassphrase(String message) {
        return false;
    }

    @Override
    public String getPassphrase() {
        return null;
    }

    @Override
    public boolean promptYesNo(String message) {
        return false;
    }

    @Override
    public void showMessage(String message) {
        // A banner, or why PAM no longer lets the user in
        if (!message.isBlank()) {
            banner = message.substring(Math.max(0, message.length() - MAX_BANNER));
        }
    }

    /** The problem with the keys, as the end of a sentence that begins with the credentials. */
    static final class BadKeyException extends Exception {
        private static final long serialVersionUID = 1L;

        BadKeyException(String message) {
            super(message);
        }
    }

    /** A cached opened key, because opening one may take most of a second. */
    private record Key(KeyPair pair) implements Identity {
        @Override
        public boolean setPassphrase(byte[] passphrase) {
            return true;
        }

        @Override
        public byte[] getPublicKeyBlob() {
            return pair.getPublicKeyBlob();
        }

        @Override
        public byte[] getSignature(byte[] data) {
            return pair.getSignature(data);
        }

        @Override
        public byte[] getSignature(byte[] data, String algorithm) {
            return pair.getSignature(data, algorithm);
        }

        @Override
        public String getAlgName() {
            return pair.getKeyTypeString();
        }

        @Override
        public String getName() {
            return "private key";
        }

        @Override
        public boolean isEncrypted() {
            return false;
        }

        @Override
        public void clear() {
            pair.dispose();
        }
    }
}
