package io.pgclonedb.proxy.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.pgclonedb.proxy.session.Session;

/** The server's socket: hands what happens on it to the session. */
final class BackendHandler extends ChannelInboundHandlerAdapter {
    private final Session session;

    BackendHandler(Session session) {
        this.session = session;
    }

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

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        session.backendFailed(cause);
    }
}
