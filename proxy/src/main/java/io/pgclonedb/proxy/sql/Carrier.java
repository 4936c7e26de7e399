package io.pgclonedb.proxy.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The value that stands in a result row where a call is to be run; see {@link ServedStatement}. */
public final class Carrier {
    /** Elements before the arguments: nonce, call, and the four {@link SessionSettings}. */
    private static final int HEADER = 6;

    private static final int LONGEST_NONCE = 100;

    /** Without a limit of its own: what comes here is in memory already, and a carrier must never pass for a value. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Carrier() {}

    /** The mark of what may be a carrier; null when the column holds something else. */
    public static @Nullable String nonce(byte[] column) {
        if (!startsWith(column, "[\"")) {
            return null;
        }
        for (int end = 2; end < Math.min(column.length, LONGEST_NONCE); end++) {
            if (column[end] == '"') {
                return new String(column, 2, end - 2, StandardCharsets.ISO_8859_1);
            }
        }
        return null;
    }

    /**
     * Reads a carrier.
     *
     * @param column the bytes of a column of a DataRow
     * @param nonce of the statement
     * @param encoding in which the server sends text
     * @return empty when the column holds something else
     */
    public static Optional<CarrierRow> parse(byte[] column, String nonce, ClientEncoding encoding) {
        if (!startsWith(column, "[\"" + nonce + "\", ")) {
            return Optional.empty();
        }
        Charset charset = encoding.charset() == null ? StandardCharsets.ISO_8859_1 : encoding.charset();
        try {
            JsonNode array = JSON.readTree(new String(column, charset));
            if (array == null
                    || !array.isArray()
                    || array.size() < HEADER
                    || !array.get(1).isInt()) {
                return Optional.empty();
            }
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = HEADER; i < array.size(); i++) {
                values.add(value(array.get(i)));
            }
            return Optional.of(new CarrierRow(
                    array.get(1).intValue(),
                    new SessionSettings(
                            array.get(2).asText(),
                            array.get(3).isNull() ? null : array.get(3).asText(),
                            array.get(4).asText(),
                            array.get(5).asText().equals("on")),
                    values));
        } catch (JsonProcessingException notOurs) {
            return Optional.empty();
        }
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isInt()) {
            return node.intValue();
        }
        if (node.isLong()) {
            return node.longValue();
        }
        return node.asText();
    }

    private static boolean startsWith(byte[] column, String prefix) {
        if (column.length < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (column[i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
