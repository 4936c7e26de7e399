package io.pgclonedb.it.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The server's end of one connection to a {@link ScriptedBackend}: what a script reads and says. Not thread-safe. */
public final class ScriptedConnection {
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    ScriptedConnection(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = socket.getOutputStream();
    }

    /** A message without type byte, after its length: a startup packet or a cancel request. */
    public byte[] receiveUntyped() throws IOException {
        byte[] body = new byte[in.readInt() - 4];
        in.readFully(body);
        return body;
    }

    /** The parameters of a startup packet, in the order they came. */
    public Map<String, String> receiveStartup() throws IOException {
        MessageReader reader = new MessageReader(receiveUntyped());
        reader.int32();
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String name = reader.string(); !name.isEmpty(); name = reader.string()) {
            parameters.put(name, reader.string());
        }
        return parameters;
    }

    /** The next message. */
    public Message receive() throws IOException {
        char type = (char) in.readUnsignedByte();
        byte[] body = new byte[in.readInt() - 4];
        in.readFully(body);
        return new Message(type, body);
    }

    /** The next message, which has to be of this type. */
    public Message expect(char type) throws IOException {
        Message message = receive();
        if (message.type() != type) {
            throw new AssertionError("expected '" + type + "', got " + message);
        }
        return message;
    }

    /** Returns when the client has closed, whatever it sends until then. */
    public void awaitEnd() throws IOException {
        try {
            while (in.read() >= 0) {
                // only the end counts
            }
        } catch (EOFException end) {
            // the same thing
        }
    }

    public ScriptedConnection send(byte[]... messages) throws IOException {
        out.write(Frontend.join(messages));
        return this;
    }

    /** AuthenticationOk, two parameters, a key and ReadyForQuery, after asking for a password in clear. */
    public ScriptedConnection letIn(BackendKey key) throws IOException {
        send(authentication(3));
        expect('p');
        return send(
                authentication(0),
                parameterStatus("session_authorization", "somebody"),
                parameterStatus("client_encoding", "UTF8"),
                parameterStatus("standard_conforming_strings", "on"),
                backendKeyData(key),
                readyForQuery('I'));
    }

    public static byte[] authentication(int kind) {
        return new MessageWriter().int32(kind).message('R');
    }

    public static byte[] parameterStatus(String name, String value) {
        return new MessageWriter().string(name).string(value).message('S');
    }

    public static byte[] backendKeyData(BackendKey key) {
        return new MessageWriter().int32(key.pid()).bytes(key.secret()).message('K');
    }

    public static byte[] readyForQuery(char status) {
        return new MessageWriter().int8(status).message('Z');
    }

    public static byte[] commandComplete(String tag) {
        return new MessageWriter().string(tag).message('C');
    }

    /** An ErrorResponse with severity, SQLSTATE and message. */
    public static byte[] error(String severity, String sqlState, String message) {
        return new MessageWriter()
                .int8('S')
                .string(severity)
                .int8('V')
                .string(severity)
                .int8('C')
                .string(sqlState)
                .int8('M')
                .string(message)
                .int8(0)
                .message('E');
    }

    /** A type byte and a length, whatever follows. */
    public static byte[] header(int type, int length) {
        return ByteBuffer.allocate(5).put((byte) type).putInt(length).array();
    }

    public void close() throws IOException {
        socket.close();
    }

    /** Ends the connection with a reset instead of an orderly close. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
