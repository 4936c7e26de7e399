package io.pgclonedb.proxy.session;

import io.pgclonedb.proxy.intercept.Interception;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What all sessions of a proxy share.
 *
 * @param backend where the server is
 * @param admission who may come in
 * @param sessions of this proxy
 * @param cancels takes cancel requests to other proxies
 * @param interception what answers calls; null when everything is passed on
 */
public record SessionEnvironment(
        BackendAddress backend,
        Admission admission,
        SessionRegistry sessions,
        CancelBroadcast cancels,
        SessionObserver observer,
        @Nullable Interception interception) {

    /**
     * Who may come in.
     *
     * @param loginTimeout from accept to the first ReadyForQuery
     * @param allowTrust whether the server may let a client in without a challenge
     */
    public record Admission(ConnectionLimits limits, Duration loginTimeout, boolean allowTrust) {}
}
