package com.google.common.util.concurrent;

/** Is told how something ended. */
public interface FutureCallback<V> {
    /** Well. */
    void onSuccess(V result);

    /** Badly. */
    void onFailure(Throwable t);
}
