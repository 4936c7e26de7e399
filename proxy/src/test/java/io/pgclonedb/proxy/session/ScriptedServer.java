package io.pgclonedb.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.Message;
import io.pgclonedb.protocol.Value;
import io.pgclonedb.protocol.backend.AuthenticationRequest;
import io.pgclonedb.protocol.backend.BackendKeyData;
import io.pgclonedb.protocol.backend.ErrorResponse;
import io.pgclonedb.protocol.backend.ParameterStatus;
import io.pgclonedb.protocol.backend.ReadyForQuery;
import io.pgclonedb.protocol.backend.ResponseFields;
import io.pgclonedb.protocol.backend.TransactionStatus;
import java.util.List;

/** The server's end of a session: says what the test tells it to say. */
final class ScriptedServer {
    static final int PID = 4711;
    static final byte[] KEY = {1, 2, 3, 4};

    final EmbeddedChannel channel = new EmbeddedChannel();
    private final ByteBufAllocator allocator;
    boolean connected;

    ScriptedServer(ByteBufAllocator allocator) {
        this.allocator = allocator;
        channel.config().setAllocator(allocator);
    }

    ChannelFuture accept(Session session) {
        connected = true;
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                session.backendBytes((ByteBuf) message);
            }

            @Override
            public void channelReadComplete(ChannelHandlerContext context) {
                session.backendReadComplete();
            }

            @Override
            public void channelWritabilityChanged(ChannelHandlerContext context) {
                session.backendWritabilityChanged();
            }

            @Override
            public void channelInactive(ChannelHandlerContext context) {
                session.backendClosed();
            }
        });
        return channel.newSucceededFuture();
    }

    void says(Message... messages) {
        says(Wires.bytes(messages));
    }

    void says(byte[] bytes) {
        channel.writeInbound(allocator.buffer().writeBytes(bytes));
    }

    void challenges() {
        says(AuthenticationRequest.sasl(List.of(CString.ofAscii("SCRAM-SHA-256"))));
    }

    /** What follows a good password: the role as the server calls it, the key, and it is ready. */
    void letsIn(String role) {
        says(
                AuthenticationRequest.ok(),
                new ParameterStatus(CString.ofAscii("client_encoding"), CString.ofAscii("UTF8")),
                new ParameterStatus(CString.ofAscii("session_authorization"), CString.ofUtf8(role)),
                new BackendKeyData(PID, Value.of(KEY)),
                new ReadyForQuery(TransactionStatus.IDLE));
    }

    static ErrorResponse error(String severity, String sqlState) {
        return new ErrorResponse(ResponseFields.of(severity, sqlState, CString.ofAscii("text")));
    }

    /** What the server got since it was last asked. */
    byte[] received() {
        return Wires.drain(channel);
    }
}
