package org.kohsuke.accmod;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Marks what is public and yet not for everybody. */
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Restricted {
    /** For whom it is. */
    Class<? extends AccessRestriction>[] value();
}
