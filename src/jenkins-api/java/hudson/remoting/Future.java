package hudson.remoting;

/** The future result of a call. */
public interface Future<V> extends java.util.concurrent.Future<V> {}
