package com.google.common.util.concurrent;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/** A future that tells when it is done. */
public interface ListenableFuture<V> extends Future<V> {
    /** What is to be run then. */
    void addListener(Runnable listener, Executor executor);
}
