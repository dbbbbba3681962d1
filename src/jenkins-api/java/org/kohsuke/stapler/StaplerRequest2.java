package org.kohsuke.stapler;

import net.sf.json.JSONObject;

/** A request. */
public interface StaplerRequest2 {
    /** Calls the setters of a bean with what a form says. */
    void bindJSON(Object bean, JSONObject src);

    /** Makes an object from a form. */
    <T> T bindJSON(Class<T> type, JSONObject src);
}
