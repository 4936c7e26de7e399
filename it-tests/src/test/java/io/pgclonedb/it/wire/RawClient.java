package io.pgclonedb.it.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL client that does only what it is told, byte by byte if need be, and hides nothing of what comes back.
 * Blocking, and not thread-safe, but for sending on one thread while another receives. Whatever does not come within
 * 20 seconds fails the test.
 */
public final class RawClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final WireListener listener;
    private final Map<String, String> parameters = new TreeMap<>();
    private @Nullable BackendKey key;
    private char transactionStatus;
    private boolean byteByByte;

    private RawClient(Socket socket, WireListener listener) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        this.out = socket.getOutputStream();
        this.listener = listener;
    }

    /** Opens the socket and sends nothing. */
    public static RawClient connect(Endpoint endpoint) {
        return connect(endpoint, WireListener.NONE);
    }

    /** Opens the socket and sends nothing. */
    public static RawClient connect(Endpoint endpoint, WireListener listener) {
        return connect(endpoint, listener, new Socket());
    }

    /** The same with as small a receive buffer as the kernel gives: for clients that read slowly or not at all. */
    public static RawClient connectNarrow(Endpoint endpoint) {
        Socket socket = new Socket();
        try {
            socket.setReceiveBufferSize(4096);
        } catch (SocketException failure) {
            throw new UncheckedIOException(failure);
        }
        return connect(endpoint, WireListener.NONE, socket);
    }

    private static RawClient connect(Endpoint endpoint, WireListener listener, Socket socket) {
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), (int) TIMEOUT.toMillis());
            return new RawClient(socket, listener);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Opens the socket and logs in; fails when the server does not let it in. */
    public static RawClient login(Endpoint endpoint, String database, String user, String password) {
        RawClient client = connect(endpoint);
        List<Message> answer = client.login(user, password, Frontend.startup("user", user, "database", database));
        Message last = answer.get(answer.size() - 1);
        if (last.type() != 'Z') {
            client.close();
            throw new IllegalStateException("not logged in: " + last);
        }
        return client;
    }

    /**
     * Sends a startup packet and answers authentication requests until ReadyForQuery or ErrorResponse.
     *
     * @return everything received
     */
    public List<Message> login(String user, String password, byte[] startupPacket) {
        send(startupPacket);
        PasswordExchange exchange = new PasswordExchange(user, password);
        List<Message> received = new ArrayList<>();
        while (true) {
            Message message = receive();
            received.add(message);
            if (message.type() == 'R') {
                byte[] answer = exchange.answer(message);
                if (answer != null) {
                    send(answer);
                }
            } else if (message.type() == 'Z' || message.type() == 'E') {
                return received;
            }
        }
    }

    /** Whether from now on every byte is sent by itself. */
    public void byteByByte(boolean on) {
        byteByByte = on;
    }

    /** Sends the messages, or whatever bytes they are, in one write. */
    public void send(byte[]... messages) {
        byte[] bytes = messages.length == 1 ? messages[0] : Frontend.join(messages);
        listener.sent(bytes);
        sendUnheard(bytes);
    }

    /** Sends what differs from session to session and so is kept from the listener. */
    public void sendUnheard(byte[] bytes) {
        try {
            if (byteByByte) {
                for (byte one : bytes) {
                    out.write(one);
                }
            } else {
                out.write(bytes);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sends what may no longer be wanted: that the other side has closed is no failure. */
    public void sendIfOpen(byte[]... messages) {
        try {
            send(messages);
        } catch (UncheckedIOException closed) {
            // what matters is what the other side does next
        }
    }

    /** One byte that is no message: the answer to SSLRequest or GSSENCRequest; -1 at the end. */
    public int receiveByte() {
        try {
            return in.read();
        } catch (IOException failure) {
            return ended(failure).map(Message::type).map(type -> (int) type).orElse(-1);
        }
    }

    /** The next message; fails when the connection ends instead. */
    public Message receive() {
        return receiveOrEnd().orElseThrow(() -> new IllegalStateException("the server closed the connection"));
    }

    /** The next message; empty when the other side has closed or reset the connection. */
    private Optional<Message> receiveOrEnd() {
        try {
            int type = in.read();
            if (type < 0) {
                return ended(new EOFException());
            }
            return Optional.of(readRest((char) type));
        } catch (IOException failure) {
            return ended(failure);
        }
    }

    /** The message whose type byte {@link #receiveByte} has taken. */
    public Message receiveRestOf(char type) {
        try {
            return readRest(type);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Message readRest(char type) throws IOException {
        byte[] body = new byte[in.readInt() - 4];
        in.readFully(body);
        Message message = new Message(type, body);
        note(message);
        listener.received(message);
        return message;
    }

    private Optional<Message> ended(IOException failure) {
        if (failure instanceof SocketTimeoutException) {
            throw new IllegalStateException("nothing came within the timeout", failure);
        }
        listener.ended();
        return Optional.empty();
    }

    private void note(Message message) {
        switch (message.type()) {
            case 'K' -> key = BackendKey.of(message);
            case 'Z' -> transactionStatus = (char) message.body().int8();
            case 'S' -> {
                MessageReader reader = message.body();
                parameters.put(reader.string(), reader.string());
            }
            default -> {}
        }
    }

    /** Everything up to and with the next message of this type. */
    public List<Message> receiveUntil(char type) {
        List<Message> received = new ArrayList<>();
        do {
            received.add(receive());
        } while (received.get(received.size() - 1).type() != type);
        return received;
    }

    /** Everything up to and with the next ReadyForQuery. */
    public List<Message> receiveUntilReady() {
        return receiveUntil('Z');
    }

    /** Everything until the other side closes; fails when it does not. */
    public List<Message> receiveUntilEnd() {
        List<Message> received = new ArrayList<>();
        for (Optional<Message> message = receiveOrEnd(); message.isPresent(); message = receiveOrEnd()) {
            received.add(message.get());
        }
        return received;
    }

    /** Sends a simple query and returns the whole answer. */
    public List<Message> query(String sql) {
        send(Frontend.query(sql));
        return receiveUntilReady();
    }

    /** The first column of the first row that a simple query answers, as text; fails when there is none. */
    public String queryForText(String sql) {
        Message row = query(sql).stream()
                .filter(message -> message.type() == 'D')
                .findFirst()
                .orElseThrow();
        MessageReader reader = row.body();
        reader.int16();
        return new String(reader.bytes(reader.int32()), StandardCharsets.UTF_8);
    }

    /** What BackendKeyData said. */
    public BackendKey key() {
        if (key == null) {
            throw new IllegalStateException("no BackendKeyData came");
        }
        return key;
    }

    /** What the last ReadyForQuery said: {@code I}, {@code T} or {@code E}. */
    public char transactionStatus() {
        return transactionStatus;
    }

    /** What ParameterStatus last said of each parameter. */
    public Map<String, String> parameters() {
        return Map.copyOf(parameters);
    }

    /** Ends what this side sends; the other side sees the end of the stream and may still answer. */
    public void shutdownOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Ends the connection as a client that has crashed: with a reset. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException failure) {
            throw new UncheckedIOException(failure);
        }
        close();
    }

    /** Closes the socket without a word. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
