package io.pgclonedb.proxy.session;

import java.util.ArrayList;
import java.util.List;

/** Notes what it hears, but for the bytes, which it adds up. */
final class RecordingObserver implements SessionObserver {
    final List<String> events = new ArrayList<>();
    long bytesToServer;
    long bytesToClient;
    long messagesToServer;
    long messagesToClient;

    @Override
    public void accepted() {
        events.add("accepted");
    }

    @Override
    public void authenticated() {
        events.add("authenticated");
    }

    @Override
    public void closed(boolean wasAuthenticated) {
        events.add(wasAuthenticated ? "closed" : "closed unauthenticated");
    }

    @Override
    public void authenticationFailed() {
        events.add("authentication failed");
    }

    @Override
    public void relayed(Direction direction, long bytes, long messages) {
        if (direction == Direction.TO_SERVER) {
            bytesToServer += bytes;
            messagesToServer += messages;
        } else {
            bytesToClient += bytes;
            messagesToClient += messages;
        }
    }
}
