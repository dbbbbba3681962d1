package hudson.remoting;

/** What a call will give. */
public interface Future<V> extends java.util.concurrent.Future<V> {}
