package io.pgclonedb.it.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Messages as lines of text that are the same for two sessions that went the same way: process ids, keys, salts and the
 * oids of users' objects are left out, and so is the place in the server's source that an error names.
 */
public final class Trace {
    private static final int FIRST_USER_OID = 16384;
    private static final int LONGEST_VALUE = 120;
    private static final Map<Character, String> BARE = Map.of(
            '1', "ParseComplete",
            '2', "BindComplete",
            '3', "CloseComplete",
            'c', "CopyDone",
            'I', "EmptyQueryResponse",
            'n', "NoData",
            's', "PortalSuspended");

    private Trace() {}

    /** A message of the server. */
    public static String backend(Message message) {
        MessageReader body = message.body();
        return switch (message.type()) {
            case 'R' -> authentication(body);
            case 'K' -> "BackendKeyData <pid> <key of " + (message.size() - 4) + " bytes>";
            case 'S' -> "ParameterStatus " + body.string() + "=" + body.string();
            case 'Z' -> "ReadyForQuery " + (char) body.int8();
            case 'C' -> "CommandComplete " + body.string();
            case 'T' -> "RowDescription" + columns(body);
            case 'D' -> "DataRow" + values(body);
            case 't' -> "ParameterDescription" + oids(body);
            case 'E' -> "ErrorResponse" + fields(message);
            case 'N' -> "NoticeResponse" + fields(message);
            case 'A' -> "NotificationResponse <pid> " + skip(body).string() + " " + body.string();
            case 'G' -> "CopyInResponse " + bytes(body.bytes(body.remaining()));
            case 'H' -> "CopyOutResponse " + bytes(body.bytes(body.remaining()));
            case 'W' -> "CopyBothResponse " + bytes(body.bytes(body.remaining()));
            case 'd' -> "CopyData " + bytes(body.bytes(body.remaining()));
            case 'V' -> "FunctionCallResponse " + value(body);
            case 'v' -> negotiate(body);
            default ->
                BARE.containsKey(message.type())
                        ? BARE.get(message.type())
                        : "'" + message.type() + "' " + bytes(body.bytes(body.remaining()));
        };
    }

    /** What a client sent: the messages' type bytes and printable contents. */
    public static String frontend(byte[] sent) {
        return bytes(sent);
    }

    private static MessageReader skip(MessageReader body) {
        body.int32();
        return body;
    }

    private static String authentication(MessageReader body) {
        int kind = body.int32();
        return "Authentication"
                + switch (kind) {
                    case 0 -> "Ok";
                    case 3 -> "CleartextPassword";
                    case 5 -> "MD5Password <salt>";
                    case 10 -> "SASL " + PasswordExchange.mechanisms(body);
                    case 11 -> "SASLContinue";
                    case 12 -> "SASLFinal";
                    default -> " " + kind;
                };
    }

    private static String negotiate(MessageReader body) {
        StringBuilder line = new StringBuilder("NegotiateProtocolVersion " + body.int32());
        int count = body.int32();
        for (int i = 0; i < count; i++) {
            line.append(' ').append(body.string());
        }
        return line.toString();
    }

    private static String columns(MessageReader body) {
        StringBuilder line = new StringBuilder();
        int count = body.int16();
        for (int i = 0; i < count; i++) {
            line.append(" [").append(body.string());
            line.append(" table ").append(oid(body.int32())).append('.').append(body.int16());
            line.append(" type ").append(oid(body.int32()));
            line.append(" size ").append(body.int16()).append(" mod ").append(body.int32());
            line.append(" format ").append(body.int16()).append(']');
        }
        return line.toString();
    }

    private static String oids(MessageReader body) {
        StringBuilder line = new StringBuilder();
        int count = body.int16();
        for (int i = 0; i < count; i++) {
            line.append(' ').append(oid(body.int32()));
        }
        return line.toString();
    }

    private static String oid(int oid) {
        return oid >= 0 && oid < FIRST_USER_OID ? String.valueOf(oid) : "<oid>";
    }

    private static String values(MessageReader body) {
        StringBuilder line = new StringBuilder();
        int count = body.int16();
        for (int i = 0; i < count; i++) {
            line.append(" [").append(value(body)).append(']');
        }
        return line.toString();
    }

    private static String value(MessageReader body) {
        int length = body.int32();
        return length < 0 ? "null" : bytes(body.bytes(length));
    }

    private static String fields(Message message) {
        return message.fields().entrySet().stream()
                .filter(field -> "FLR".indexOf(field.getKey()) < 0)
                .map(field ->
                        " " + field.getKey() + "=" + bytes(field.getValue().getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining());
    }

    /** Printable ASCII as it stands, everything else as {@code \hh}; what is long as its length and its digest. */
    private static String bytes(byte[] value) {
        if (value.length > LONGEST_VALUE) {
            return "<" + value.length + " bytes " + digest(value) + ">";
        }
        StringBuilder text = new StringBuilder();
        for (byte one : value) {
            if (one >= ' ' && one < 0x7f && one != '\\') {
                text.append((char) one);
            } else {
                text.append('\\').append(HexFormat.of().toHexDigits(one));
            }
        }
        return text.toString();
    }

    private static String digest(byte[] value) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value);
            return Integer.toHexString(ByteBuffer.wrap(digest).getInt());
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
