package io.pgclonedb.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import io.pgclonedb.protocol.ProtocolException;
import io.pgclonedb.protocol.startup.CancelRequest;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import io.pgclonedb.proxy.intercept.Responses;
import io.pgclonedb.proxy.operation.CancelReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection and the server connection behind it. Everything runs on the event loop of the client's socket but
 * for the methods that say otherwise.
 */
public final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Channel client;
    private final SessionEnvironment environment;
    private final BackendConnection backend;
    private final InetAddress clientAddress;
    private final Places places;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private Phase phase;
    private @Nullable ScheduledFuture<?> loginTimeout;
    private boolean authenticated;
    private int backendPid;

    private Session(Channel client, SessionEnvironment environment, BackendConnector connector) {
        this.client = client;
        this.environment = environment;
        this.backend = new BackendConnection(this, environment.backend(), connector);
        this.clientAddress = ((InetSocketAddress) client.remoteAddress()).getAddress();
        this.places = new Places(environment.admission().limits(), clientAddress);
        this.phase = new StartupPhase(this);
    }

    /** A client has connected. Called while its channel is set up. */
    public static Session accepted(Channel client, SessionEnvironment environment, BackendConnector connector) {
        Session session = new Session(client, environment, connector);
        environment.sessions().add(session);
        environment.observer().accepted();
        session.admit();
        return session;
    }

    private void admit() {
        if (!places.beginLogin()) {
            fatal(PgException.fatal(SqlState.TOO_MANY_CONNECTIONS, "sorry, too many clients already")
                    .withDetail("This address has too many connections that have not logged in yet."));
            return;
        }
        loginTimeout = client.eventLoop()
                .schedule(
                        this::loginTimedOut,
                        environment.admission().loginTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void loginTimedOut() {
        if (phase instanceof AuthenticationPhase) {
            fatal(PgException.fatal(SqlState.QUERY_CANCELED, "canceling authentication due to timeout"));
        } else {
            close();
        }
    }

    /** Bytes of the client; takes over the reference. */
    public void clientBytes(ByteBuf in) {
        try {
            phase.clientBytes(in);
        } catch (RuntimeException | StackOverflowError failure) {
            ended(failure);
        }
    }

    /** The client's socket has nothing more to read for now. */
    public void clientReadComplete() {
        guarded(phase::clientReadComplete);
    }

    /** The client's socket takes bytes again, or takes no more. */
    public void clientWritabilityChanged() {
        phase.writabilityChanged();
    }

    /** The client has gone. */
    public void clientClosed() {
        guarded(phase::clientClosed);
        close();
    }

    /** Bytes of the server; takes over the reference. */
    public void backendBytes(ByteBuf in) {
        try {
            phase.backendBytes(in);
        } catch (RuntimeException | StackOverflowError failure) {
            ended(failure);
        }
    }

    /** The server's socket has nothing more to read for now. */
    public void backendReadComplete() {
        guarded(phase::backendReadComplete);
    }

    /** The server's socket takes bytes again, or takes no more. */
    public void backendWritabilityChanged() {
        phase.writabilityChanged();
    }

    /** The server has gone. */
    public void backendClosed() {
        guarded(phase::backendClosed);
    }

    /** The client's socket broke, or the proxy has a fault. */
    public void failed(Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("the client's connection broke: {}", cause.getMessage());
            close();
        } else {
            fault(cause);
        }
    }

    /** The server's socket broke. */
    public void backendFailed(Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("the server's connection broke: {}", cause.getMessage());
            guarded(phase::backendClosed);
        } else {
            fault(cause);
        }
    }

    /** Asks the running call, if there is one, to end. Any thread. */
    void cancelCall(CancelReason reason) {
        client.eventLoop().execute(() -> {
            if (phase instanceof RelayPhase relay) {
                relay.cancelCall(reason);
            }
        });
    }

    /** Ends the session now, or when its running call has ended. Any thread. */
    void endWhenIdle(PgException farewell) {
        client.eventLoop().execute(() -> guarded(() -> phase.endWhenIdle(farewell)));
    }

    /** Asks for the end of the running call, if the digest is that of this session's key. Any thread. */
    void cancelIfRunning(byte[] keyDigest) {
        client.eventLoop().execute(() -> {
            if (phase instanceof RelayPhase relay) {
                relay.cancel(keyDigest);
            }
        });
    }

    /** Asks for the end of the running call, if the request has this session's key. Any thread; so is the answer's. */
    void cancelIfRunning(CancelRequest request, Consumer<Boolean> cancelled) {
        client.eventLoop().execute(() -> cancelled.accept(phase instanceof RelayPhase relay && relay.cancel(request)));
    }

    /** Done when both sockets are closed. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    Phase phase() {
        return phase;
    }

    boolean hasEnded() {
        return phase == EndedPhase.INSTANCE;
    }

    SessionEnvironment environment() {
        return environment;
    }

    Channel client() {
        return client;
    }

    InetAddress clientAddress() {
        return clientAddress;
    }

    int backendPid() {
        return backendPid;
    }

    void become(Phase next) {
        if (!hasEnded()) {
            Phase previous = phase;
            phase = next;
            previous.left();
        }
    }

    /** Opens the server connection; one of the two runs on the event loop, unless the client has gone meanwhile. */
    void connectBackend(Consumer<Channel> connected, Runnable unreachable) {
        backend.open(connected, unreachable);
    }

    /** Takes one of the places for server connections; false when there is none. */
    boolean takePlace() {
        return places.beginSession();
    }

    /** The server told its process number. */
    void registerBackend(int pid) {
        backendPid = pid;
        environment.sessions().register(pid, this);
    }

    /** The first ReadyForQuery has come. */
    void loggedIn() {
        authenticated = true;
        cancelLoginTimeout();
        places.endLogin();
        environment.observer().authenticated();
    }

    private void cancelLoginTimeout() {
        if (loginTimeout != null) {
            loginTimeout.cancel(false);
        }
    }

    /** Tells the client why, in PostgreSQL's form, and ends both sides. */
    void fatal(PgException reason) {
        if (hasEnded()) {
            return;
        }
        LOG.debug("ending the session of {}: {} {}", clientAddress, reason.sqlState(), reason.text());
        if (phase.mayTellClient()) {
            ByteBuf frame = client.alloc().buffer();
            Responses.error(reason, StandardCharsets.UTF_8).encode(frame);
            client.write(frame);
        }
        close();
    }

    /** Ends both sides as soon as what was written has left. Any thread. */
    void close() {
        if (!client.eventLoop().inEventLoop()) {
            client.eventLoop().execute(this::close);
            return;
        }
        if (hasEnded()) {
            return;
        }
        become(EndedPhase.INSTANCE);
        cancelLoginTimeout();
        places.giveBack();
        Closing.afterFlush(client);
        backend.close();
        environment.sessions().remove(this, backendPid);
        environment.observer().closed(authenticated);
        ended.complete(null);
    }

    /** Runs a step of a phase that may have ended meanwhile; then it does nothing. */
    void whileIn(Phase expected, Runnable step) {
        if (phase == expected) {
            guarded(step);
        }
    }

    /** Runs a step of this session; what it throws ends the session and nothing else. */
    void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | StackOverflowError failure) {
            ended(failure);
        }
    }

    /** Bad bytes end the session; a fault of ours ends it too, and nothing more is passed on. */
    private void ended(Throwable failure) {
        if (failure instanceof PgException reason) {
            fatal(reason);
        } else if (failure instanceof ProtocolException malformed) {
            fatal(PgException.fatal(malformed.sqlState(), malformed.text()));
        } else {
            fault(failure);
        }
    }

    private void fault(Throwable fault) {
        LOG.error("internal error, ending the session of {}", clientAddress, fault);
        fatal(PgException.fatal(SqlState.INTERNAL_ERROR, "internal error of the proxy"));
    }
}
