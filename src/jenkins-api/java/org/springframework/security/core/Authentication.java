package org.springframework.security.core;

import java.io.Serializable;
import java.security.Principal;

/** Somebody who has logged in. */
public interface Authentication extends Principal, Serializable {}
