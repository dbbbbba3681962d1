package hudson;

/** A type that plugins implement. */
public interface ExtensionPoint {}
