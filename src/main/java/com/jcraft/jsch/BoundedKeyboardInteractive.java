package com.jcraft.jsch;

/**
 * The login method keyboard-interactive, RFC 4256, for servers that are not trusted yet: JSch's own class allocates memory
 * for as many prompts as the server announces, up to two billion. It is in JSch's package because no other package can read
 * the packets of a session; {@code userauth.keyboard-interactive} in the configuration of a session names it.
 */
public final class BoundedKeyboardInteractive extends UserAuth {
    private static final int MAX_PROMPTS = 16;

    /**
     * Logs in.
     *
     * @return whether the server lets the user in
     * @throws JSchException if the server sends more than 16 prompts at once or requires another method too, or there is no
     *     answer
     */
    @Override
    public boolean start(Session session) throws Exception {
        super.start(session);
        if (session.auth_failures >= session.max_auth_tries) {
            return false;
        }
        packet.reset();
        buf.putByte((byte) SSH_MSG_USERAUTH_REQUEST);
        buf.putString(Util.str2byte(username));
        buf.putString(Util.str2byte("ssh-connection"));
        buf.putString(Util.str2byte("keyboard-interactive"));
        buf.putString(Util.empty);
        buf.putString(Util.empty);
        session.write(packet);
        boolean asked = false;
        boolean unanswered = false;
        while (true) {
            buf = session.read(buf);
            int command = buf.getCommand() & 0xff;
            skipHead();
            if (command == SSH_MSG_USERAUTH_SUCCESS) {
                return true;
            } else if (command == SSH_MSG_USERAUTH_INFO_REQUEST) {
                asked = true;
                unanswered |= !answer(session);
            } else if (command == SSH_MSG_USERAUTH_FAILURE) {
                checkPartial(session);
                session.auth_failures += asked ? 1 : 0;
                if (unanswered) {
                    throw new JSchAuthCancelException("keyboard-interactive");
                }
                return false;
            } else if (command == SSH_MSG_USERAUTH_BANNER) {
                userinfo.showMessage(Util.byte2str(buf.getString()));
            } else {
                return false;
            }
        }
    }

    /** Skips the length of the packet, the length of its padding, and the command. */
    private void skipHead() {
        buf.getInt();
        buf.getShort();
    }

    private void checkPartial(Session session) throws JSchPartialAuthException {
        String methods = Util.byte2str(buf.getString());
        if (buf.getByte() != 0) {
            PartialLogin.report(session, "keyboard-interactive");
            throw new JSchPartialAuthException(methods);
        }
    }

    /** @return whether there is an answer; if there is none, the server gets empty ones */
    private boolean answer(Session session) throws Exception {
        String name = Util.byte2str(buf.getString());
        String instruction = Util.byte2str(buf.getString());
        buf.getString();
        int count = buf.getInt();
        if (count < 0 || count > MAX_PROMPTS) {
            throw new JSchException("the server sends " + Integer.toUnsignedString(count) + " prompts at once");
        }
        String[] questions = new String[count];
        boolean[] echo = new boolean[count];
        for (int i = 0; i < count; i++) {
            questions[i] = Util.byte2str(buf.getString());
            echo[i] = buf.getByte() != 0;
        }
        String[] answers = count > 0 && userinfo instanceof UIKeyboardInteractive user
                ? user.promptKeyboardInteractive(username, name, instruction, questions, echo)
                : new String[0];
        boolean answered = answers != null && answers.length == count;
        packet.reset();
        buf.putByte((byte) SSH_MSG_USERAUTH_INFO_RESPONSE);
        buf.putInt(count);
        for (int i = 0; i < count; i++) {
            buf.putString(answered ? Util.str2byte(answers[i]) : Util.empty);
        }
        session.write(packet);
        return answered;
    }
}
