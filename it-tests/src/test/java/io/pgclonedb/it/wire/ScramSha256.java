package io.pgclonedb.it.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The client's side of one SCRAM-SHA-256 exchange (RFC 5802, RFC 7677) for passwords of ASCII letters. */
final class ScramSha256 {
    static final String MECHANISM = "SCRAM-SHA-256";
    private static final String NO_CHANNEL_BINDING = "n,,";

    private final String password;
    private final String clientFirstBare = "n=,r=" + nonce();
    private byte[] serverSignature = new byte[0];

    ScramSha256(String password) {
        this.password = password;
    }

    private static String nonce() {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }

    String clientFirst() {
        return NO_CHANNEL_BINDING + clientFirstBare;
    }

    /** The answer to the server's first message: the proof that this side knows the password. */
    String clientFinal(String serverFirst) {
        Map<String, String> server = attributes(serverFirst);
        byte[] salted = salted(server);
        String withoutProof =
                "c=" + base64(NO_CHANNEL_BINDING.getBytes(StandardCharsets.UTF_8)) + ",r=" + server.get("r");
        String authMessage = clientFirstBare + "," + serverFirst + "," + withoutProof;
        byte[] clientKey = hmac(salted, "Client Key");
        byte[] proof = hmac(sha256(clientKey), authMessage);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        serverSignature = hmac(hmac(salted, "Server Key"), authMessage);
        return withoutProof + ",p=" + base64(proof);
    }

    /** Fails unless the server's last message proves that it knows the password too. */
    void verify(String serverFinal) {
        byte[] signature = Base64.getDecoder().decode(attributes(serverFinal).get("v"));
        if (!MessageDigest.isEqual(signature, serverSignature)) {
            throw new IllegalStateException("the server does not know the password");
        }
    }

    private byte[] salted(Map<String, String> server) {
        try {
            PBEKeySpec key = new PBEKeySpec(
                    password.toCharArray(),
                    Base64.getDecoder().decode(server.get("s")),
                    Integer.parseInt(server.get("i")),
                    256);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(key)
                    .getEncoded();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Map<String, String> attributes(String message) {
        Map<String, String> attributes = new HashMap<>();
        for (String attribute : message.split(",", -1)) {
            attributes.put(attribute.substring(0, 1), attribute.substring(2));
        }
        return attributes;
    }

    private static byte[] hmac(byte[] key, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static byte[] sha256(byte[] value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String base64(byte[] value) {
        return Base64.getEncoder().encodeToString(value);
    }
}
