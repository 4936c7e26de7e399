package io.pgclonedb.it.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers one server's authentication requests: trust, password, md5 and SCRAM-SHA-256. Used once. */
final class PasswordExchange {
    private final String user;
    private final String password;
    private @Nullable ScramSha256 scram;

    PasswordExchange(String user, String password) {
        this.user = user;
        this.password = password;
    }

    /** What to send back for an authentication message; null when it asks for nothing. */
    byte @Nullable [] answer(Message request) {
        MessageReader reader = request.body();
        int kind = reader.int32();
        return switch (kind) {
            case 0 -> null;
            case 3 -> Frontend.password(password);
            case 5 -> Frontend.password(md5(reader.bytes(4)));
            case 10 -> begin(mechanisms(reader));
            case 11 -> Frontend.saslResponse(started().clientFinal(rest(reader)));
            case 12 -> {
                started().verify(rest(reader));
                yield null;
            }
            default -> throw new IllegalStateException("this client does not know authentication request " + kind);
        };
    }

    private byte[] begin(List<String> mechanisms) {
        if (!mechanisms.contains(ScramSha256.MECHANISM)) {
            throw new IllegalStateException("no mechanism this client knows in " + mechanisms);
        }
        scram = new ScramSha256(password);
        return Frontend.saslInitialResponse(ScramSha256.MECHANISM, scram.clientFirst());
    }

    static List<String> mechanisms(MessageReader reader) {
        List<String> mechanisms = new ArrayList<>();
        for (String name = reader.string(); !name.isEmpty(); name = reader.string()) {
            mechanisms.add(name);
        }
        return mechanisms;
    }

    private ScramSha256 started() {
        if (scram == null) {
            throw new IllegalStateException("the server went on with a SASL exchange that was not begun");
        }
        return scram;
    }

    private static String rest(MessageReader reader) {
        return new String(reader.bytes(reader.remaining()), StandardCharsets.UTF_8);
    }

    private String md5(byte[] salt) {
        String inner = hex((password + user).getBytes(StandardCharsets.UTF_8), new byte[0]);
        return "md5" + hex(inner.getBytes(StandardCharsets.UTF_8), salt);
    }

    private static String hex(byte[] first, byte[] second) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(first);
            digest.update(second);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
