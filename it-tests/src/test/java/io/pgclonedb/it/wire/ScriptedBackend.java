package io.pgclonedb.it.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that does what its script says, for what a real PostgreSQL will not do on request. Each connection plays the
 * script from the start on a thread of its own. {@link #close} fails when a script did.
 */
public final class ScriptedBackend implements AutoCloseable {
    /** One connection's part; what it throws fails the test, unless the other side had just gone away. */
    @FunctionalInterface
    public interface Script {
        void play(ScriptedConnection connection) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final Script script;
    private final AtomicInteger accepted = new AtomicInteger();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    private ScriptedBackend(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
    }

    /** Listens on an ephemeral port of the loopback address. */
    public static ScriptedBackend start(Script script) {
        try {
            ScriptedBackend backend =
                    new ScriptedBackend(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
            daemon("scripted-backend", backend::accept);
            return backend;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public Endpoint endpoint() {
        return new Endpoint("127.0.0.1", listener.getLocalPort());
    }

    /** How many connections have come so far. */
    public int accepted() {
        return accepted.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                daemon("scripted-backend-" + accepted.incrementAndGet(), () -> play(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void play(Socket socket) {
        try (socket) {
            script.play(new ScriptedConnection(socket));
        } catch (IOException gone) {
            // the client's end of the test says what it saw
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error failure) {
            failures.add(failure);
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        if (!failures.isEmpty()) {
            throw new AssertionError("a scripted connection failed", failures.get(0));
        }
    }
}
