package io.pgclonedb.proxy.cli;

import io.pgclonedb.protocol.startup.CancelRequest;
import io.pgclonedb.proxy.control.CancelBus;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.session.CancelBroadcast;
import io.pgclonedb.proxy.session.CancelKeys;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes cancel requests from the sessions to the other proxies, one after the other on a thread of its own. Anybody can send
 * any number of them, so what does not fit into a short queue is dropped: the server gets every request anyway.
 */
final class CancelPublisher implements CancelBroadcast, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CancelPublisher.class);
    private static final int LONGEST_QUEUE = 100;

    private final CancelBus bus;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(LONGEST_QUEUE),
            task -> {
                Thread publisher = new Thread(task, "pgclonedb-cancel-publisher");
                publisher.setDaemon(true);
                return publisher;
            },
            new ThreadPoolExecutor.DiscardPolicy());

    CancelPublisher(CancelBus bus) {
        this.bus = bus;
    }

    @Override
    public void publish(CancelRequest request) {
        thread.execute(() -> {
            try {
                bus.publish(request.processId(), CancelKeys.digest(request.key()));
            } catch (PgException away) {
                LOG.debug("a cancel request does not reach the other proxies: {}", away.text());
            }
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
