package hudson;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import jenkins.YesNoMaybe;
import net.java.sezpoz.Indexable;

/**
 * Marks a component to be found and made by Jenkins. The real one is kept at run time too; nothing reads it then, as the
 * index has it, and the indexer warns of other than SOURCE where it sees the annotation's source.
 */
@Indexable
@Retention(RetentionPolicy.SOURCE)
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.METHOD})
@Documented
public @interface Extension {
    /** Higher comes first. */
    double ordinal() default 0;

    /** True where a failure to load is nothing to tell. */
    boolean optional() default false;

    /** Whether a running Jenkins can load it. */
    YesNoMaybe dynamicLoadable() default YesNoMaybe.MAYBE;
}
