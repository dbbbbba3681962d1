package io.jenkins.plugins.drbdocfs2.operation.fencing;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.SharedSecretMask;
import java.io.Serializable;

/** The user name and password of a fencing device. Its text form shows neither. */
public final class DeviceLogin implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String user;
    private final String password;

    /**
     * @param user the user name; may be empty
     * @param password the password
     */
    public DeviceLogin(String user, String password) {
        this.user = user;
        this.password = password;
    }

    String user() {
        return user;
    }

    String password() {
        return password;
    }

    /**
     * Checks that a fence agent reads them as they are: it strips blanks and quotes.
     *
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if not; the message does not show them
     */
    void check() {
        for (String value : new String[] {user, password}) {
            Check.that(
                    DeviceParameters.isReadAsItIs(value),
                    "credentialsId",
                    toString(),
                    "have a user name and a password of one line without blanks or double quotes around it: a fence agent would"
                            + " strip them");
        }
    }

    @Override
    public String toString() {
        return SharedSecretMask.MASK;
    }
}
