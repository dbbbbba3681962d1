package io.jenkins.plugins.drbdocfs2.remote.ssh;

import io.jenkins.plugins.drbdocfs2.facts.NodeIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.auth.pubkey.RejectAllPublickeyAuthenticator;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/**
 * A simulated node: an SSH server in this process, on a free port of 127.0.0.1, that speaks like bootstrap.sh and takes
 * the results of scripts from a function. Nothing runs on this machine. It lets itself be locked.
 */
public final class ScriptedNode implements AutoCloseable {
    private static final Pattern PROBE =
            Pattern.compile("printf '%s %s\\\\n' (\\S+) (\\d+) >&2\n[({]\n(.*?)\n[)}]\ncode=\\$\\?\n", Pattern.DOTALL);
    private static final String IDENTITY = NodeIdentity.PROBE.script();
    private static final String LOCK = "/run/drbd-ocfs2-steps.lock";

    private final String name;
    private final Answers answers;
    private final List<String> scripts = new CopyOnWriteArrayList<>();
    private final SshServer sshd = SshServer.setUpDefaultServer();
    private volatile Sudo sudo = (said, err) -> true;

    /** Simulates a script, or one probe of a probe set. */
    @FunctionalInterface
    public interface Answers {
        /**
         * @param script the script or probe
         * @param out its standard output; sent when flushed
         * @param err its standard error; sent when flushed
         * @return its exit code
         * @throws InterruptedException when the channel is closed
         */
        int play(String script, PrintStream out, PrintStream err) throws InterruptedException;
    }

    /** Simulates a sudo that asks for a password. */
    @FunctionalInterface
    public interface Sudo {
        /**
         * @param password the password it read
         * @param err its standard error
         * @return whether it accepts the password
         */
        boolean accepts(String password, PrintStream err);
    }

    /**
     * Starts the node.
     *
     * @param name the output of its {@code uname -n}
     * @param answers simulates everything else
     * @param passwords who may log in by password
     * @param keys who may log in by key, or null for nobody
     */
    public ScriptedNode(String name, Answers answers, PasswordAuthenticator passwords, PublickeyAuthenticator keys)
            throws IOException {
        this.name = name;
        this.answers = answers;
        sshd.setHost("127.0.0.1");
        sshd.setKeyPairProvider(KeyPairProvider.wrap(TestServer.HOST_KEY));
        sshd.setPasswordAuthenticator(passwords);
        sshd.setPublickeyAuthenticator(keys == null ? RejectAllPublickeyAuthenticator.INSTANCE : keys);
        sshd.setCommandFactory((channel, line) -> new SimulatedCommand(line));
        sshd.start();
    }

    /** Sets the sudo of the node; the default accepts any password. */
    public void setSudo(Sudo sudo) {
        this.sudo = sudo;
    }

    /** The port of the SSH server. */
    public int port() {
        return sshd.getPort();
    }

    /** As an entry of the list of nodes in a Jenkinsfile. */
    public String inJenkinsfile() {
        return "[name: '" + name + "', host: '127.0.0.1', port: " + port() + "]";
    }

    /** The same, with the address that the other nodes use. */
    public String inJenkinsfile(String address) {
        return inJenkinsfile().replace("]", ", address: '" + address + "']");
    }

    /** A new key pair. */
    public static KeyPair newKey() {
        return TestServer.newKey("EC", 256);
    }

    /** A private key as ssh-keygen writes it, encrypted. */
    public static String encrypted(KeyPair key, String passphrase) throws IOException, GeneralSecurityException {
        return TestServer.openSsh(key, passphrase);
    }

    /** All scripts that ran. */
    public List<String> scripts() {
        return List.copyOf(scripts);
    }

    @Override
    public void close() throws IOException {
        sshd.stop(true);
    }

    private int playAll(String sent, PrintStream out, PrintStream err) throws InterruptedException {
        if (!SentSequence.isOne(sent)) {
            return play(sent, out, err);
        }
        int code = 0;
        for (String script : SentSequence.scripts(sent)) {
            if (code == 0) {
                code = play(script, out, err);
                print("\036" + SentSequence.mark(sent) + "-" + code + "\n", out, err);
            }
        }
        return code;
    }

    private int play(String script, PrintStream out, PrintStream err) throws InterruptedException {
        if (script.contains(LOCK)) {
            out.print("locked\n");
            out.flush();
            Thread.sleep(Long.MAX_VALUE);
        }
        scripts.add(script);
        Matcher probe = PROBE.matcher(script);
        if (!probe.find()) {
            return answers.play(script, out, err);
        }
        do {
            out.print(probe.group(1) + " " + probe.group(2) + "\n");
            int code = probe.group(3).equals(IDENTITY)
                    ? identity(out)
                    : answers.play(probe.group(3), out, new PrintStream(OutputStream.nullOutputStream()));
            out.print("\n" + probe.group(1) + " = " + code + "\n");
        } while (probe.find());
        return 0;
    }

    private static void print(String text, PrintStream... streams) {
        for (PrintStream stream : streams) {
            stream.print(text);
            stream.flush();
        }
    }

    private int identity(PrintStream out) {
        out.print(name + "\n0\n6.1.0-40-amd64\n");
        return 0;
    }

    private final class SimulatedCommand implements Command {
        private final String line;
        private InputStream in;
        private PrintStream out;
        private PrintStream err;
        private ExitCallback exit;
        private Thread thread;

        SimulatedCommand(String line) {
            this.line = line;
        }

        @Override
        public void setInputStream(InputStream stream) {
            in = stream;
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            out = new PrintStream(stream, false, StandardCharsets.UTF_8);
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            err = new PrintStream(stream, false, StandardCharsets.UTF_8);
        }

        @Override
        public void setExitCallback(ExitCallback callback) {
            exit = callback;
        }

        @Override
        public void start(ChannelSession channel, Environment env) {
            thread = new Thread(this::run, "simulated " + name);
            thread.setDaemon(true);
            thread.start();
        }

        private void run() {
            try {
                exit.onExit(session());
            } catch (IOException | InterruptedException e) {
                exit.onExit(255);
            }
        }

        private int session() throws IOException, InterruptedException {
            BufferedReader input = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            if (line.contains(" sudo -")) {
                mark("sudo");
            }
            if (line.contains("sudo -n ")) {
                err.print("sudo: a password is required\n");
                err.flush();
                return 1;
            }
            if (line.contains("sudo -k -S ") && !sudo.accepts(input.readLine(), err)) {
                err.flush();
                return 1;
            }
            mark("ready");
            String head = input.readLine();
            int code = 255;
            while (head != null) {
                code = script(head.split(" "), input);
                head = stays() ? input.readLine() : null;
            }
            return code;
        }

        private void mark(String stage) {
            print("\036drbd-ocfs2 " + stage + "\n");
        }

        private boolean stays() {
            return !is(Bootstrap.ONE);
        }

        private boolean is(Bootstrap bootstrap) {
            return Arrays.stream(Privilege.values()).anyMatch(how -> line.equals(bootstrap.commandLine(how)));
        }

        private int script(String[] head, BufferedReader input) throws IOException, InterruptedException {
            String mark = "\036" + head[1];
            boolean announces = is(Bootstrap.COMMANDS);
            if (announces) {
                print(mark + "+\n");
            }
            String script = read(input, Integer.parseInt(head[2]));
            if (!announces) {
                print(mark + "+\n");
            }
            int code = playAll(script, out, err);
            print(mark + "-" + code + "\n");
            return code;
        }

        private void print(String text) {
            ScriptedNode.print(text, out, err);
        }

        private String read(BufferedReader input, int bytes) throws IOException {
            StringBuilder script = new StringBuilder();
            int left = bytes;
            while (left > 0) {
                char c = (char) input.read();
                script.append(c);
                boolean half = Character.isSurrogate(c);
                left -= half ? 2 : String.valueOf(c).getBytes(StandardCharsets.UTF_8).length;
            }
            return script.substring(0, script.length() - 1);
        }

        @Override
        public void destroy(ChannelSession channel) {
            thread.interrupt();
        }
    }
}
