package io.pgclonedb.proxy.session;

import java.net.InetAddress;

/** The places one connection takes within the {@link ConnectionLimits}: each is given back once. For one event loop. */
final class Places {
    private final ConnectionLimits limits;
    private final InetAddress address;
    private boolean loggingIn;
    private boolean inSession;

    Places(ConnectionLimits limits, InetAddress address) {
        this.limits = limits;
        this.address = address;
    }

    /** Takes a place among the connections that have not logged in; false when there is none. */
    boolean beginLogin() {
        loggingIn = limits.beginLogin(address);
        return loggingIn;
    }

    /** The connection has logged in. */
    void endLogin() {
        if (loggingIn) {
            loggingIn = false;
            limits.endLogin(address);
        }
    }

    /** Takes a place among the server connections; false when there is none. */
    boolean beginSession() {
        inSession = limits.beginSession(address);
        return inSession;
    }

    /** The connection has ended. */
    void giveBack() {
        endLogin();
        if (inSession) {
            inSession = false;
            limits.endSession(address);
        }
    }
}
