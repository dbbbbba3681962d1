package jenkins;

/** Three answers. */
public enum YesNoMaybe {
    /** Surely. */
    YES,
    /** Surely not. */
    NO,
    /** Not known. */
    MAYBE
}
