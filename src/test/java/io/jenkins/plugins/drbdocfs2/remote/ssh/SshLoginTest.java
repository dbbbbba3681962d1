package io.jenkins.plugins.drbdocfs2.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.jcraft.jsch.JSch;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException.Kind;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.auth.keyboard.InteractiveChallenge;
import org.apache.sshd.server.auth.keyboard.KeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.session.ServerSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SshLoginTest {
    private static final KeyPair EC = TestServer.newKey("EC", 384);
    private static final String PASSPHRASE = "open sésame";

    private final TestServer server = new TestServer();

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private void allow(KeyPair key) {
        server.sshd.setPublickeyAuthenticator(
                (user, shown, session) -> user.equals(TestServer.USER) && KeyUtils.compareKeys(shown, key.getPublic()));
    }

    private SshRemote remote(Login login) {
        return new SshRemote(server.node(), login, HostKeys.none(), TestServer.settings());
    }

    private void logsIn(Login login) throws Exception {
        try (SshRemote remote = remote(login)) {
            assertThat(remote.run(Script.of("echo in")).stdout()).isEqualTo("in\n");
        }
    }

    private RemoteException refusal(Login login) {
        try (SshRemote remote = remote(login)) {
            RemoteException e = catchThrowableOfType(RemoteException.class, remote::connect);
            assertThat(e).as("it logged in").isNotNull();
            assertThat(e.kind()).isEqualTo(Kind.AUTHENTICATION);
            assertThat(e)
                    .hasMessageContaining("cred-1")
                    .hasMessageContaining("127.0.0.1:" + server.node().port());
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain(TestServer.PASSWORD).doesNotContain(PASSPHRASE);
            }
            return e;
        }
    }

    private static Login password(String password) {
        return new Login("cred-1", TestServer.USER, List.of(), null, password);
    }

    private static Login key(String key, String passphrase) {
        return new Login("cred-1", TestServer.USER, List.of(key), passphrase, null);
    }

    @Test
    void logsInWithAPassword() throws Exception {
        logsIn(password(TestServer.PASSWORD));
    }

    @Test
    void sendsAWrongPasswordOnce() {
        assertThat(refusal(password("wrong")))
                .hasMessageContaining("does not let ops in")
                .hasMessageContaining("it allows: ")
                .hasMessageContaining("password");
        assertThat(server.passwords).hasValue(1);
    }

    @Test
    void logsInWithOpenSshKeys() throws Exception {
        allow(EC);
        logsIn(key(TestServer.openSsh(EC, null), null));
        logsIn(key(TestServer.openSsh(EC, null).replace("\n", "\r\n"), null));
        logsIn(key(TestServer.openSsh(EC, PASSPHRASE), PASSPHRASE));
    }

    @Test
    void logsInWithPemKeys() throws Exception {
        KeyPair rsa = TestServer.newKey("RSA", 2048);
        allow(rsa);
        logsIn(key("\n\n" + TestServer.pem(rsa).strip(), null));
        logsIn(key(TestServer.pem(rsa).replace("\n", "\r\n"), null));
    }

    @Test
    void logsInWithTheSecondOfTwoKeys() throws Exception {
        allow(EC);
        String other = TestServer.openSsh(TestServer.OTHER_KEY, null);
        logsIn(new Login("cred-1", TestServer.USER, List.of(other, TestServer.openSsh(EC, null)), null, null));
    }

    @Test
    void logsInWithATraditionalRsaKeyAndSha2Signatures() throws Exception {
        server.sshd.setSignatureFactories(List.of(BuiltinSignatures.rsaSHA256, BuiltinSignatures.nistp256));
        com.jcraft.jsch.KeyPair rsa = com.jcraft.jsch.KeyPair.genKeyPair(new JSch(), com.jcraft.jsch.KeyPair.RSA, 2048);
        server.sshd.setPublickeyAuthenticator(
                (user, shown, session) -> KeyUtils.getKeyType(shown).equals("ssh-rsa"));
        assertThat(traditionalForm(rsa, null)).startsWith("-----BEGIN RSA PRIVATE KEY-----");
        logsIn(key(traditionalForm(rsa, null), null));
        logsIn(key(traditionalForm(rsa, PASSPHRASE), PASSPHRASE));
        assertThat(refusal(key(traditionalForm(rsa, PASSPHRASE), "wrong"))).hasMessageContaining("passphrase");
    }

    private static String traditionalForm(com.jcraft.jsch.KeyPair key, String passphrase) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        if (passphrase == null) {
            key.writePrivateKey(text);
        } else {
            key.writePrivateKey(text, passphrase.getBytes(StandardCharsets.UTF_8));
        }
        return text.toString(StandardCharsets.US_ASCII);
    }

    @Test
    void logsInWithAnEd25519Key() throws Exception {
        com.jcraft.jsch.KeyPair key =
                com.jcraft.jsch.KeyPair.genKeyPair(new JSch(), com.jcraft.jsch.KeyPair.ED25519, 256);
        server.sshd.setPublickeyAuthenticator(
                (user, shown, session) -> KeyUtils.getKeyType(shown).equals("ssh-ed25519"));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        key.writeOpenSSHv1PrivateKey(text, null);
        logsIn(key(text.toString(StandardCharsets.US_ASCII), null));
    }

    @Test
    void reportsAKeyThatIsNotAuthorised() throws Exception {
        assertThat(refusal(key(TestServer.openSsh(EC, null), null)))
                .hasMessageContaining("authorized_keys")
                .hasMessageContaining("publickey");
    }

    @Test
    void reportsAWrongOrMissingPassphrase() throws Exception {
        allow(EC);
        String key = TestServer.openSsh(EC, PASSPHRASE);
        assertThat(refusal(key(key, "wrong"))).hasMessageContaining("passphrase that does not open");
        assertThat(refusal(key(key, null))).hasMessageContaining("no passphrase");
        assertThat(server.logins).hasValue(0);
    }

    @Test
    void reportsAnUnreadableKey() {
        assertThat(refusal(key("AAAA", null))).hasMessageContaining("cannot be read");
        assertThat(refusal(key("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----", null)))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void reportsAKeyWithTooManyRounds() throws Exception {
        String key = TestServer.openSsh(TestServer.newKey("EC", 256), "phrase");
        String[] lines = key.strip().split("\\R");
        byte[] bytes =
                Base64.getMimeDecoder().decode(String.join("", List.of(lines).subList(1, lines.length - 1)));
        // The rounds follow the salt: magic, "aes256-ctr", "bcrypt", a length, a length and 16 bytes
        int at = 15 + 4 + 10 + 4 + 6 + 4 + 4 + 16;
        bytes[at] = (byte) 0xff;
        String slow = lines[0] + "\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n" + lines[lines.length - 1];
        assertThat(refusal(new Login("cred-1", TestServer.USER, List.of(slow), "phrase", null)))
                .hasMessageContaining("takes more than 10000 rounds to try");
    }

    /** Asks questions until the password is the only answer. */
    private static final class Questions implements KeyboardInteractiveAuthenticator {
        private final AtomicInteger asked = new AtomicInteger();
        private final String[] prompts;

        Questions(String... prompts) {
            this.prompts = prompts;
        }

        @Override
        public InteractiveChallenge generateChallenge(
                ServerSession session, String user, String lang, String subMethods) {
            asked.incrementAndGet();
            InteractiveChallenge challenge = new InteractiveChallenge();
            challenge.setInteractionName("test");
            challenge.setInteractionInstruction("");
            challenge.setLanguageTag("");
            for (String prompt : prompts) {
                challenge.addPrompt(prompt, false);
            }
            return challenge;
        }

        @Override
        public boolean authenticate(ServerSession session, String user, List<String> responses) {
            return responses.equals(List.of(TestServer.PASSWORD));
        }
    }

    private Questions ask(String... prompts) {
        Questions questions = new Questions(prompts);
        server.sshd.setKeyboardInteractiveAuthenticator(questions);
        server.sshd.setUserAuthFactories(List.of(UserAuthKeyboardInteractiveFactory.INSTANCE));
        return questions;
    }

    @Test
    void answersAQuestionForThePassword() throws Exception {
        ask("Password: ");
        logsIn(password(TestServer.PASSWORD));
    }

    @Test
    void answersAQuestionOnce() {
        Questions questions = ask("Password: ");
        assertThat(refusal(password("wrong"))).hasMessageContaining("keyboard-interactive");
        assertThat(questions.asked).hasValue(1);
    }

    @Test
    void doesNotAnswerOtherQuestions() {
        ask("Password: ", "One-time code: ");
        assertThat(refusal(password(TestServer.PASSWORD))).hasMessageContaining("keyboard-interactive");
    }

    @Test
    void triesAWrongPasswordWithOneMethodOnly() {
        Questions questions = ask("Password: ");
        server.sshd.setUserAuthFactories(
                List.of(UserAuthPasswordFactory.INSTANCE, UserAuthKeyboardInteractiveFactory.INSTANCE));
        refusal(password("wrong"));
        assertThat(questions.asked.get() + server.passwords.get()).isEqualTo(1);
    }

    @Test
    void printsNoSecrets() {
        assertThat(new Login("cred-1", "ops", List.of("KEY"), "PHRASE", "WORD").toString())
                .doesNotContain("KEY")
                .doesNotContain("PHRASE")
                .doesNotContain("WORD");
    }

    @Test
    void reportsThatTheServerAcceptedTheKeyAndAlsoRequiresAPassword() throws Exception {
        allow(EC);
        CoreModuleProperties.AUTH_METHODS.set(server.sshd, "publickey,password");
        assertThat(refusal(key(TestServer.openSsh(EC, null), null)))
                .hasMessageContaining("the node accepted the private key of the credentials cred-1 for ops, and also "
                        + "requires a password (password), which they have not")
                .hasMessageContaining("AuthenticationMethods")
                .hasMessageNotContaining("authorized_keys");
        Login both = new Login("cred-1", TestServer.USER, List.of(TestServer.openSsh(EC, null)), null, "wrong");
        assertThat(refusal(both)).hasMessageContaining("a password (password), which it did not accept");
        logsIn(new Login("cred-1", TestServer.USER, List.of(TestServer.openSsh(EC, null)), null, TestServer.PASSWORD));
    }

    @Test
    void reportsThatTheServerAcceptedThePasswordAndAlsoRequiresAKey() throws Exception {
        for (String method : List.of("password", "keyboard-interactive")) {
            CoreModuleProperties.AUTH_METHODS.set(server.sshd, method + ",publickey");
            assertThat(refusal(password(TestServer.PASSWORD)))
                    .hasMessageContaining(
                            "the node accepted the password of the credentials cred-1 for ops, and also requires a "
                                    + "private key (publickey), which they have not");
        }
    }

    @Test
    void reportsTheBannerOfAServerThatRefusesTheLogin() {
        CoreModuleProperties.WELCOME_BANNER.set(server.sshd, "Your account has expired; contact your administrator.");
        assertThat(refusal(password("wrong")))
                .hasMessageContaining("The server said: \"Your account has expired; contact your administrator.\"");
    }
}
