package io.pgclonedb.proxy.cli;

import io.pgclonedb.proxy.metrics.ProxyMetrics;
import io.pgclonedb.proxy.session.SessionObserver;

/** Tells the metrics what sessions do. */
record SessionCounts(ProxyMetrics metrics) implements SessionObserver {
    @Override
    public void accepted() {
        metrics.sessionOpened();
    }

    @Override
    public void authenticated() {
        metrics.sessionAuthenticated();
    }

    @Override
    public void closed(boolean wasAuthenticated) {
        metrics.sessionClosed(wasAuthenticated);
    }

    @Override
    public void authenticationFailed() {
        metrics.authenticationFailed();
    }

    @Override
    public void relayed(Direction direction, long bytes, long messages) {
        metrics.relayed(
                switch (direction) {
                    case TO_SERVER -> io.pgclonedb.proxy.metrics.Direction.TO_SERVER;
                    case TO_CLIENT -> io.pgclonedb.proxy.metrics.Direction.TO_CLIENT;
                },
                bytes,
                messages);
    }
}
