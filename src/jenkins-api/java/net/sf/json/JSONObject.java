package net.sf.json;

/** A submitted form. Not a type of Jenkins but of its json-lib, which is not on Maven Central. */
public final class JSONObject {}
