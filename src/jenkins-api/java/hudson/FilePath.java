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

/** A file of a machine; here always a local one. */
public final class FilePath implements SerializableOnlyOverRemoting {
    private static final long serialVersionUID = 1L;

    /** Runs things in this process. */
    public static final LocalChannel localChannel = new LocalChannel(null);

    private final String remote;
    private final transient VirtualChannel channel;

    /** A file of the machine that the channel leads to. */
    public FilePath(@CheckForNull VirtualChannel channel, @NonNull String remote) {
        this.channel = channel instanceof LocalChannel ? null : channel;
        this.remote = remote;
    }

    /** A local file. */
    public FilePath(@NonNull File localPath) {
        this((VirtualChannel) null, localPath.getPath());
    }

    /** A file relative to another. */
    public FilePath(@NonNull FilePath base, @NonNull String rel) {
        this(base.channel, base.path().resolve(rel).normalize().toString());
    }

    private Path path() {
        return Path.of(remote);
    }

    /** Its path on its machine. */
    public @NonNull String getRemote() {
        return remote;
    }

    /** Whether it is on another machine than this. */
    public boolean isRemote() {
        return channel != null;
    }

    /** The way to its machine. */
    public VirtualChannel getChannel() {
        return channel == null ? localChannel : channel;
    }

    /** Its last name. */
    public String getName() {
        return String.valueOf(path().getFileName());
    }

    /** The folder it is in, or null. */
    public @CheckForNull FilePath getParent() {
        Path parent = path().getParent();
        return parent == null ? null : new FilePath(channel, parent.toString());
    }

    /** A file in it. */
    public @NonNull FilePath child(@NonNull String relOrAbsolute) {
        return new FilePath(this, relOrAbsolute);
    }

    /** Whether it is there. */
    public boolean exists() throws IOException, InterruptedException {
        return Files.exists(path());
    }

    /** Whether it is a folder. */
    public boolean isDirectory() throws IOException, InterruptedException {
        return Files.isDirectory(path());
    }

    /** Makes the folder and those above it. */
    public void mkdirs() throws IOException, InterruptedException {
        Files.createDirectories(path());
    }

    /** Opens it. */
    public InputStream read() throws IOException, InterruptedException {
        return Files.newInputStream(path());
    }

    /** Its content as UTF-8. */
    public @NonNull String readToString() throws IOException, InterruptedException {
        return Files.readString(path());
    }

    /** Writes it, in UTF-8 unless told otherwise. */
    public void write(@NonNull String content, @CheckForNull String encoding) throws IOException, InterruptedException {
        if (path().getParent() != null) {
            Files.createDirectories(path().getParent());
        }
        Files.writeString(path(), content, encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding));
    }

    /** Removes it. */
    public boolean delete() throws IOException, InterruptedException {
        return Files.deleteIfExists(path());
    }

    /** Runs code on its machine. */
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
