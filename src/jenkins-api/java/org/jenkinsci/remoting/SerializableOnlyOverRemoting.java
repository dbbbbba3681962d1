package org.jenkinsci.remoting;

import java.io.Serializable;

/** An object that can be sent to another process, but not stored. */
public interface SerializableOnlyOverRemoting extends Serializable {}
