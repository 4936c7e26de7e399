package io.pgclonedb.proxy.session;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections there may be: in total, of one address, and of one address before authentication. The total stays
 * below the server's own limit, so that the admin connections always find a place. Thread-safe.
 */
public final class ConnectionLimits {
    private final int total;
    private final int perAddress;
    private final int loginsPerAddress;
    private final AtomicInteger connected = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
    private final ConcurrentMap<InetAddress, Integer> logins = new ConcurrentHashMap<>();

    /**
     * @param total sessions at once
     * @param perAddress sessions of one address; 0 for no limit
     * @param loginsPerAddress connections of one address that have not authenticated yet
     */
    public ConnectionLimits(int total, int perAddress, int loginsPerAddress) {
        this.total = total;
        this.perAddress = perAddress;
        this.loginsPerAddress = loginsPerAddress;
    }

    /** A connection was accepted; false when its address has too many that have not logged in. */
    boolean beginLogin(InetAddress address) {
        return takePlace(logins, address, loginsPerAddress);
    }

    /** The connection has logged in or ended. */
    void endLogin(InetAddress address) {
        givePlace(logins, address);
    }

    /** A session wants a server connection; false when there are too many. */
    boolean beginSession(InetAddress address) {
        if (connected.incrementAndGet() > total) {
            connected.decrementAndGet();
            return false;
        }
        if (!takePlace(byAddress, address, perAddress)) {
            connected.decrementAndGet();
            return false;
        }
        return true;
    }

    /** A session that {@link #beginSession} let in has ended. */
    void endSession(InetAddress address) {
        connected.decrementAndGet();
        givePlace(byAddress, address);
    }

    private static boolean takePlace(ConcurrentMap<InetAddress, Integer> places, InetAddress address, int limit) {
        if (places.merge(address, 1, Integer::sum) > limit && limit > 0) {
            givePlace(places, address);
            return false;
        }
        return true;
    }

    private static void givePlace(ConcurrentMap<InetAddress, Integer> places, InetAddress address) {
        places.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }
}
