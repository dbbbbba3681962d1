package com.jcraft.jsch;

/**
 * Reports a login method that the server accepted but that is not enough (RFC 4252, 5.1): JSch continues with the next method
 * silently. It is in JSch's package because JSch's login methods are package-private; {@code userauth.publickey} and {@code
 * userauth.password} in the configuration of a session name the classes in here.
 */
public final class PartialLogin {
    private PartialLogin() {}

    /** Receives the report, if the {@link UserInfo} of the session implements it. */
    public interface Listener {
        /** @param method the method that the server accepted before it requires another one */
        void accepted(String method);
    }

    static void report(Session session, String method) {
        if (session.getUserInfo() instanceof Listener listener) {
            listener.accepted(method);
        }
    }

    /** The method publickey. */
    public static final class PublicKey extends UserAuthPublicKey {
        /** Logs in. */
        @Override
        public boolean start(Session session) throws Exception {
            try {
                return super.start(session);
            } catch (JSchPartialAuthException e) {
                report(session, "publickey");
                throw e;
            }
        }
    }

    /** The method password. */
    public static final class Password extends UserAuthPassword {
        /** Logs in. */
        @Override
        public boolean start(Session session) throws Exception {
            try {
                return super.start(session);
            } catch (JSchPartialAuthException e) {
                report(session, "password");
                throw e;
            }
        }
    }
}
