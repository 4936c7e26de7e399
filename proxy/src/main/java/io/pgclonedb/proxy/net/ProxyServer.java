package io.pgclonedb.proxy.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.pgclonedb.proxy.session.Session;
import io.pgclonedb.proxy.session.SessionEnvironment;
import io.pgclonedb.proxy.session.SessionRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The listening port and its event loops. Thread-safe.
 *
 * <p>Both sockets of a session live on one event loop, so that nothing between them needs a lock or another thread.
 */
public final class ProxyServer implements AutoCloseable {
    /** For bulk results 64 KiB cost less CPU than 16 or 256 KiB; the adaptive default shrinks and pays extra reads. */
    private static final int RECEIVE_BUFFER = 64 * 1024;

    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 256 * 1024);
    private static final int BACKLOG = 1024;
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    private final Transport transport;
    private final EventLoopGroup acceptor;
    private final EventLoopGroup eventLoops;
    private final SessionEnvironment environment;
    private final Channel listener;

    private ProxyServer(InetSocketAddress listen, SessionEnvironment environment) throws InterruptedException {
        this.environment = environment;
        transport = Transport.best();
        acceptor = transport.eventLoops("accept", 1);
        eventLoops = transport.eventLoops("relay", Runtime.getRuntime().availableProcessors());
        try {
            listener = bind(listen);
        } catch (RuntimeException | InterruptedException failure) {
            acceptor.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            eventLoops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw failure;
        }
    }

    /** Listens and serves. Blocks until the port is bound; when it cannot be, Netty throws the {@link java.net.BindException}. */
    public static ProxyServer start(InetSocketAddress listen, SessionEnvironment environment)
            throws InterruptedException {
        return new ProxyServer(listen, environment);
    }

    /** Where clients connect, with the port that was really bound. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Accepts no more connections; those that are there go on. */
    public void stopAccepting() {
        listener.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    /**
     * Ends the sessions: those without a running operation at once, the others when theirs has ended or {@code timeout} is
     * over.
     *
     * @return whether all operations ended by themselves
     */
    public boolean drain(Duration timeout) throws InterruptedException {
        SessionRegistry sessions = environment.sessions();
        return sessions.drain(timeout);
    }

    @Override
    public void close() {
        stopAccepting();
        acceptor.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        eventLoops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    private Channel bind(InetSocketAddress listen) throws InterruptedException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(acceptor, eventLoops)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BUFFER))
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        Session session = Session.accepted(channel, environment, ProxyServer.this::connectBackend);
                        channel.pipeline().addLast(new FrontendHandler(session));
                    }
                });
        return bootstrap.bind(listen).sync().channel();
    }

    /** Opens a socket to the server on the event loop of the client's. */
    private ChannelFuture connectBackend(EventLoop eventLoop, InetSocketAddress server, Session session) {
        return new Bootstrap()
                .group(eventLoop)
                .channel(transport.channel())
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BUFFER))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .handler(new BackendHandler(session))
                .connect(server);
    }
}
