package hudson;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.remoting.Callable;
import hudson.remoting.LocalChannel;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/** A file on a machine; here always a local one. */
public final class FilePath implements SerializableOnlyOverRemoting {
    private static final long serialVersionUID = 1L;

    public static final LocalChannel localChannel = new LocalChannel(null);

    private final String remote;
    private final transient VirtualChannel channel;

    public FilePath(@CheckForNull VirtualChannel channel, @NonNull String remote) {
        this.channel = channel instanceof LocalChannel ? null : channel;
        this.remote = remote;
    }

    public FilePath(@NonNull File localPath) {
        this((VirtualChannel) null, localPath.getPath());
    }

    public FilePath(@NonNull FilePath base, @NonNull String rel) {
        this(base.channel, base.path().resolve(rel).normalize().toString());
    }

    private Path path() {
        return Path.of(remote);
    }

    public @NonNull String getRemote() {
        return remote;
    }

    public boolean isRemote() {
        return channel != null;
    }

    public VirtualChannel getChannel() {
        return channel == null ? localChannel : channel;
    }

    public String getName() {
        return String.valueOf(path().getFileName());
    }

    public @CheckForNull FilePath getParent() {
        Path parent = path().getParent();
        return parent == null ? null : new FilePath(channel, parent.toString());
    }

    public @NonNull FilePath child(@NonNull String relOrAbsolute) {
        return new FilePath(this, relOrAbsolute);
    }

    public boolean exists() throws IOException, InterruptedException {
        return Files.exists(path());
    }

    public boolean isDirectory() throws IOException, InterruptedException {
        return Files.isDirectory(path());
    }

    public void mkdirs() throws IOException, InterruptedException {
        Files.createDirectories(path());
    }

    public InputStream read() throws IOException, InterruptedException {
        return Files.newInputStream(path());
    }

    public @NonNull String readToString() throws IOException, InterruptedException {
        return Files.readString(path());
    }

    public void write(@NonNull String content, @CheckForNull String encoding) throws IOException, InterruptedException {
        if (path().getParent() != null) {
            Files.createDirectories(path().getParent());
        }
        Files.writeString(path(), content, encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding));
    }

    public boolean delete() throws IOException, InterruptedException {
        return Files.deleteIfExists(path());
    }

    public <V, E extends Throwable> V act(Callable<V, E> callable) throws IOException, InterruptedException, E {
        return getChannel().call(callable);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FilePath file && remote.equals(file.remote);
    }

    @Override
    public int hashCode() {
        return remote.hashCode();
    }

    @Override
    public String toString() {
        return remote;
    }
}
