package io.pgclonedb.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.pgclonedb.protocol.startup.CancelRequest;
import io.pgclonedb.proxy.error.PgException;

/**
 * Serves a cancel request: ends the running call of the session that it names, or hands it to the server, which checks
 * the key itself (PostgreSQL documentation, "Canceling Requests in Progress"). The client is told nothing but the end of
 * the connection.
 */
final class CancelPhase implements Phase {
    private final Session session;
    private final CancelRequest request;

    CancelPhase(Session session, CancelRequest request) {
        this.session = session;
        this.request = request;
    }

    void begin() {
        Session target = session.environment().sessions().find(request.processId());
        if (target == null) {
            session.environment().cancels().publish(request);
            askServer();
        } else {
            target.cancelIfRunning(
                    request,
                    cancelled -> session.client().eventLoop().execute(() -> {
                        if (cancelled) {
                            session.close();
                        } else {
                            askServer();
                        }
                    }));
        }
    }

    private void askServer() {
        session.connectBackend(this::send, session::close);
    }

    private void send(Channel backend) {
        ByteBuf packet = backend.alloc().buffer();
        request.encode(packet);
        backend.writeAndFlush(packet);
    }

    @Override
    public void clientBytes(ByteBuf in) {
        in.release();
    }

    /** The server closes the connection when it has passed the cancel on. */
    @Override
    public void backendClosed() {
        session.close();
    }

    @Override
    public void endWhenIdle(PgException farewell) {
        session.close();
    }
}
