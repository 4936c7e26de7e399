package io.pgclonedb.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pgclonedb.protocol.ProtocolException;
import io.pgclonedb.protocol.ProtocolException.Reason;
import io.pgclonedb.protocol.startup.CancelRequest;
import io.pgclonedb.protocol.startup.StartupMessage;
import io.pgclonedb.protocol.startup.StartupPacket;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a startup packet and answers requests for encryption with {@code N} (PostgreSQL documentation, "Message
 * Flow", "Start-up"). No server connection is held for a client that has not said who it is.
 */
final class StartupPhase implements Phase {
    private final Session session;
    private @Nullable ByteBuf collected;
    private boolean sslAsked;
    private boolean gssAsked;

    StartupPhase(Session session) {
        this.session = session;
    }

    @Override
    public void clientBytes(ByteBuf in) {
        try {
            // A packet has 10,000 bytes at the most and memory grows with what has come, not with what is declared.
            collected = collected == null ? session.client().alloc().buffer(in.readableBytes()) : collected;
            collected.writeBytes(in);
        } finally {
            in.release();
        }
        if (collected.readableBytes() < StartupPacket.LENGTH_WORD) {
            return;
        }
        int length = StartupPacket.checkedLength(collected.getInt(collected.readerIndex()));
        if (collected.readableBytes() < length) {
            return;
        }
        StartupPacket packet = StartupPacket.decode(collected.slice(
                collected.readerIndex() + StartupPacket.LENGTH_WORD, length - StartupPacket.LENGTH_WORD));
        if (collected.readableBytes() > length) {
            throw PgException.fatal(SqlState.PROTOCOL_VIOLATION, "received unencrypted data after a startup packet")
                    .withDetail("Nothing may follow before the packet is answered.");
        }
        collected.release();
        collected = null;
        received(packet);
    }

    private void received(StartupPacket packet) {
        if (packet instanceof StartupPacket.SslRequest) {
            requireFirst(sslAsked, packet);
            sslAsked = true;
            refuseEncryption();
        } else if (packet instanceof StartupPacket.GssEncRequest) {
            requireFirst(gssAsked, packet);
            gssAsked = true;
            refuseEncryption();
        } else if (packet instanceof CancelRequest cancel) {
            CancelPhase next = new CancelPhase(session, cancel);
            session.become(next);
            next.begin();
        } else if (packet instanceof StartupMessage startup) {
            if (!session.takePlace()) {
                throw PgException.fatal(SqlState.TOO_MANY_CONNECTIONS, "sorry, too many clients already");
            }
            AuthenticationPhase next = new AuthenticationPhase(session, startup);
            session.become(next);
            next.begin();
        }
    }

    /** The second time the server takes the request for a protocol version. */
    private static void requireFirst(boolean asked, StartupPacket request) {
        if (asked) {
            throw new ProtocolException(
                    Reason.UNSUPPORTED_VERSION,
                    "unsupported frontend protocol " + (request.code() >>> 16) + "." + (request.code() & 0xffff)
                            + ": server supports 3.0 to 3.2");
        }
    }

    private void refuseEncryption() {
        session.client().writeAndFlush(Unpooled.wrappedBuffer(new byte[] {'N'}));
    }

    @Override
    public void endWhenIdle(PgException farewell) {
        session.fatal(farewell);
    }

    @Override
    public void left() {
        if (collected != null) {
            collected.release();
            collected = null;
        }
    }
}
