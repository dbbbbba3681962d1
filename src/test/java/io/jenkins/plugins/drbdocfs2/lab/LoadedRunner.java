package io.jenkins.plugins.drbdocfs2.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The packaged runner in this JVM, with its own class path and nothing of the tests. It stays loaded, for one build after
 * another. Builds at the same time have one each, so they share no more than those of several processes.
 */
final class LoadedRunner {
    /** The packaged runner. */
    static final Path JAR = Path.of("target/drbd-ocfs2-steps-runner.jar");

    private static final Queue<LoadedRunner> IDLE = new ConcurrentLinkedQueue<>();

    private final Constructor<?> constructor;
    private final Method run;

    private LoadedRunner() throws ReflectiveOperationException, IOException {
        ClassLoader loader =
                new URLClassLoader("runner", new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        Class<?> main = loader.loadClass("io.jenkins.plugins.drbdocfs2.runner.Main");
        constructor = main.getConstructor(PrintStream.class, PrintStream.class);
        run = main.getMethod("run", List.class);
    }

    /** Runs a build with these arguments of the command line. */
    static ProgramResult run(List<String> arguments) throws ReflectiveOperationException, IOException {
        LoadedRunner idle = IDLE.poll();
        LoadedRunner runner = idle == null ? new LoadedRunner() : idle;
        try {
            return runner.build(arguments);
        } finally {
            IDLE.add(runner);
        }
    }

    private ProgramResult build(List<String> arguments) throws ReflectiveOperationException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        Thread.currentThread().setContextClassLoader(run.getDeclaringClass().getClassLoader());
        int exitCode = (int) run.invoke(constructor.newInstance(out, out), arguments);
        return new ProgramResult(exitCode, output.toString(StandardCharsets.UTF_8));
    }
}
