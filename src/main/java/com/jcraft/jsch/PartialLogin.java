package com.jcraft.jsch;

/**
 * Tells whoever logs in of what a server accepts and still is not content with, RFC 4252, 5.1: JSch goes on to the next
 * method without a word. In JSch's package, for its own methods of login are not seen elsewhere; {@code
 * userauth.publickey} and {@code userauth.password} in a session's configuration name the classes in here.
 */
public final class PartialLogin {
    private PartialLogin() {}

    /** Who is told, where a session's {@link UserInfo} is one. */
    public interface Listener {
        /** @param method what the server accepted, and wants another one besides */
        void accepted(String method);
    }

    static void tell(Session session, String method) {
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
                tell(session, "publickey");
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
                tell(session, "password");
                throw e;
            }
        }
    }
}
