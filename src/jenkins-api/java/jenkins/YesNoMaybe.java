package jenkins;

/** Yes, no or unknown. */
public enum YesNoMaybe {
    YES,
    NO,
    MAYBE
}
