package org.jenkinsci.remoting;

import java.io.Serializable;

/** Something that can be sent to another process and not be kept. */
public interface SerializableOnlyOverRemoting extends Serializable {}
