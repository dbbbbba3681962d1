package net.sf.json;

/** A form as it was sent. Not a type of Jenkins but of its json-lib, which is not on Maven Central. */
public final class JSONObject {}
