package io.pgclonedb.proxy.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Serves {@code /metrics}, {@code /livez}, {@code /readyz} and {@code /startupz} on a thread of its own, so that it answers
 * however busy the relay is. Few, small and short-lived connections are all it takes.
 */
public final class HttpServer implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 100;
    private static final int MAX_REQUEST_LINE = 1024;
    private static final int MAX_HEADERS = 8192;
    private static final int MAX_BODY = 1024;
    private static final int IDLE_SECONDS = 30;
    private static final long STOP_SECONDS = 5;

    private final EventLoopGroup group;
    private final ChannelGroup clients;
    private final Channel server;

    private HttpServer(EventLoopGroup group, ChannelGroup clients, Channel server) {
        this.group = group;
        this.clients = clients;
        this.server = server;
    }

    /**
     * Binds the address and answers from then on.
     *
     * @param metrics gives the text of {@code /metrics}; called on the server's thread, must not block
     * @throws IOException when the address cannot be bound
     */
    public static HttpServer start(InetSocketAddress address, Health health, Supplier<String> metrics)
            throws IOException {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("pgclonedb-http", true), NioIoHandler.newFactory());
        ChannelGroup clients = new DefaultChannelGroup(group.next());
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accept(channel, clients, health, metrics);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            var unused = group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new IOException(bound.cause());
        }
        return new HttpServer(group, clients, bound.channel());
    }

    private static void accept(SocketChannel channel, ChannelGroup clients, Health health, Supplier<String> metrics) {
        if (clients.size() >= MAX_CONNECTIONS) {
            var unused = channel.close();
            return;
        }
        clients.add(channel);
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new IdleStateHandler(0, 0, IDLE_SECONDS));
        pipeline.addLast(new HttpServerCodec(MAX_REQUEST_LINE, MAX_HEADERS, MAX_BODY));
        pipeline.addLast(new HttpObjectAggregator(MAX_BODY));
        pipeline.addLast(new HttpAnswers(health, metrics));
    }

    /** Where it listens; with the real port when 0 was asked for. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    /** Stops listening and closes all connections; waits for its thread. */
    @Override
    public void close() {
        server.close().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
        clients.close().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
        group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
