package io.jenkins.plugins.drbdocfs2.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.RejectAllPublickeyAuthenticator;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/**
 * Any number of SSH servers, each with its own address in 127.0.0.0/8 and all with one port. They answer the plugin's
 * scripts like a real shell with recorded DRBD tools: each script runs once, and all servers give its result, so that the
 * benchmark measures the client. Runs as a separate process, which prints the port.
 */
public final class ManyNodes {
    static final String USER = "root";
    static final String PASSWORD = "bench";
    private static final String NAME = "node-name-here";
    private static final Pattern MARK = Pattern.compile("@@[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Printed> answers = new ConcurrentHashMap<>();
    private final Path tools;

    private record Printed(String stdout, String stderr, int exitCode) {}

    private ManyNodes(Path tools) {
        this.tools = tools;
    }

    /** Serves until standard input ends. Arguments: the number of nodes; the folder of recorded output. */
    public static void main(String[] arguments) throws Exception {
        Path tools = tools(Path.of(arguments[1]));
        try (SshServer sshd = new ManyNodes(tools).server(Integer.parseInt(arguments[0]))) {
            sshd.start();
            System.out.println(sshd.getPort());
            while (System.in.read() >= 0) {
                // Wait for the end of the input
            }
        }
        System.exit(0);
    }

    /** The address of the node with this number. */
    static String address(int number) {
        return "127.1." + number / 250 + "." + (number % 250 + 1);
    }

    static String name(int number) {
        return "node" + number;
    }

    private static Path tools(Path recorded) throws IOException {
        Path folder = Files.createTempDirectory("many-nodes");
        folder.toFile().deleteOnExit();
        tool(folder, "uname", "echo " + NAME + " \"$(/bin/uname -r)\"");
        tool(folder, "drbdadm", "cat '" + recorded.resolve("version.txt") + "'");
        tool(folder, "drbdsetup", "cat '" + recorded.resolve("events2-dual-primary.txt") + "'");
        return folder;
    }

    private static void tool(Path folder, String name, String script) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("Cannot make " + file + " executable");
        }
        file.toFile().deleteOnExit();
    }

    private SshServer server(int nodes) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair key = generator.generateKeyPair();
        SshServer sshd = SshServer.setUpDefaultServer();
        sshd.setHost(IntStream.range(0, nodes).mapToObj(ManyNodes::address).collect(Collectors.joining(",")));
        CoreModuleProperties.MAX_CONCURRENT_SESSIONS.set(sshd, nodes * 2);
        sshd.setKeyPairProvider(KeyPairProvider.wrap(key));
        sshd.setPublickeyAuthenticator(RejectAllPublickeyAuthenticator.INSTANCE);
        sshd.setPasswordAuthenticator((user, password, session) -> user.equals(USER) && password.equals(PASSWORD));
        sshd.setCommandFactory((channel, command) -> new Answering(command.contains("while read -r k m n; do if")));
        return sshd;
    }

    private final class Answering implements Command {
        private final boolean stays;
        private InputStream in;
        private OutputStream out;
        private OutputStream err;
        private ExitCallback exit;

        Answering(boolean stays) {
            this.stays = stays;
        }

        @Override
        public void setInputStream(InputStream stream) {
            in = stream;
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            err = stream;
        }

        @Override
        public void setExitCallback(ExitCallback callback) {
            exit = callback;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) {
            InetSocketAddress at =
                    (InetSocketAddress) channel.getSession().getIoSession().getLocalAddress();
            threads.execute(() -> answer(at));
        }

        /** Speaks the protocol of {@code bootstrap.sh} and {@code read-only-shell.sh}. */
        private void answer(InetSocketAddress at) {
            try {
                for (OutputStream stream : List.of(out, err)) {
                    stream.write("\036drbd-ocfs2 ready\n".getBytes(StandardCharsets.UTF_8));
                    stream.flush();
                }
                int exitCode = answerOne(at);
                while (stays) {
                    exitCode = answerOne(at);
                }
                exit.onExit(exitCode);
            } catch (IOException e) {
                exit.onExit(254, e.toString());
            }
        }

        private int answerOne(InetSocketAddress at) throws IOException {
            String[] head;
            do {
                head = line().split(" ");
            } while (!head[0].equals("drbd-ocfs2"));
            String text = new String(in.readNBytes(Integer.parseInt(head[2])), StandardCharsets.UTF_8);
            String script = text.substring(0, text.length() - 1);
            var mark = MARK.matcher(script);
            String word = mark.find() ? mark.group() : "";
            Printed printed = answers.computeIfAbsent(MARK.matcher(script).replaceAll("@@MARK"), this::run);
            write(out, head[1], printed.stdout.replace("@@MARK", word).replace(NAME, nameOf(at)), printed.exitCode);
            write(err, head[1], printed.stderr, printed.exitCode);
            return printed.exitCode;
        }

        private String nameOf(InetSocketAddress at) {
            byte[] bytes = at.getAddress().getAddress();
            return name((bytes[2] & 0xff) * 250 + (bytes[3] & 0xff) - 1);
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("the script's head is missing");
                }
                line.append((char) c);
            }
            return line.toString();
        }

        private void write(OutputStream to, String mark, String text, int exitCode) throws IOException {
            String framed = "\036" + mark + "+\n" + text + "\036" + mark + "-" + exitCode + "\n";
            to.write(framed.getBytes(StandardCharsets.UTF_8));
            to.flush();
        }

        /** Runs a script in a real shell, as if the module were loaded. */
        private Printed run(String script) {
            try {
                ProcessBuilder builder =
                        new ProcessBuilder("/bin/sh", "-c", script.replace("[ -d /sys/module/drbd ]", "true"));
                builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
                builder.directory(tools.toFile());
                Path errors = Files.createTempFile(tools, "stderr", "");
                Process process = builder.redirectError(errors.toFile()).start();
                process.getOutputStream().close();
                String text;
                try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                    text = reader.lines().map(line -> line + "\n").collect(Collectors.joining());
                }
                int code = process.waitFor();
                String told = Files.readString(errors);
                Files.delete(errors);
                return new Printed(text, told, code);
            } catch (IOException e) {
                return new Printed("", e.toString(), 254);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Printed("", e.toString(), 254);
            }
        }

        @Override
        public void destroy(ChannelSession channel) {
            // Nothing to stop
        }
    }
}
