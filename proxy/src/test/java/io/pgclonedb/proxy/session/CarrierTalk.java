package io.pgclonedb.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.Value;
import io.pgclonedb.protocol.backend.BackendMessage;
import io.pgclonedb.protocol.backend.DataRow;
import io.pgclonedb.protocol.backend.RowDescription;
import io.pgclonedb.protocol.frontend.Query;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets a client call a function in a simple query and the server bring back the carrier. */
final class CarrierTalk {
    private static final Pattern NONCE = Pattern.compile("'([0-9a-f]{32})'");

    private CarrierTalk() {}

    /** Up to the point where the call runs. */
    static void runs(Client client, String sql, String... arguments) {
        client.server.received();
        client.sends(new Query(CString.ofUtf8(sql)));
        Matcher nonce = NONCE.matcher(new String(client.server.received(), StandardCharsets.ISO_8859_1));
        assertThat(nonce.find()).as("a carrier").isTrue();
        client.server.says(new BackendMessage.ParseComplete());
        assertThat(Wires.types(client.server.received())).isEqualTo("BDEH");
        client.server.says(
                new BackendMessage.BindComplete(),
                new RowDescription(List.of()),
                new DataRow(List.of(carrier(nonce.group(1), arguments))));
    }

    private static Value carrier(String nonce, String... arguments) {
        StringBuilder json = new StringBuilder("[\"" + nonce + "\", 0, \"0\", null, \"notice\", \"off\"");
        for (String argument : arguments) {
            json.append(", \"").append(argument).append('"');
        }
        return Value.ofUtf8(json.append(']').toString());
    }
}
