package org.springframework.security.core;

import java.io.Serializable;
import java.security.Principal;

/** An authenticated user. */
public interface Authentication extends Principal, Serializable {}
