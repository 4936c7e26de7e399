package io.pgclonedb.protocol.backend;

import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;
import io.pgclonedb.protocol.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an error or a notice says (PostgreSQL documentation, "Error and Notice Message Fields"). Fields that were read
 * keep their order, and codes that are not known here are kept; those that are added stand where PostgreSQL sends them.
 *
 * @param fields in the order of the wire
 */
public record ResponseFields(List<Field> fields) {
    /** Severity, in the language of the messages. */
    public static final char SEVERITY = 'S';

    /** Severity, never translated. */
    public static final char SEVERITY_NONLOCALIZED = 'V';

    /** SQLSTATE, five characters. */
    public static final char SQLSTATE = 'C';

    /** The message itself. */
    public static final char MESSAGE = 'M';

    /** DETAIL. */
    public static final char DETAIL = 'D';

    /** HINT. */
    public static final char HINT = 'H';

    /** Where in the text of the query: characters from 1, in decimal. */
    public static final char POSITION = 'P';

    /** Name of the server's routine that reported it. */
    public static final char ROUTINE = 'R';

    /** The order in which PostgreSQL sends fields. */
    private static final String ORDER = "SVCMDHWstcdnPpqFLR";

    public ResponseFields {
        fields = List.copyOf(fields);
    }

    /**
     * What no error or notice is without; more is added by {@link #with}.
     *
     * @param severity such as {@code ERROR}, not translated
     * @param sqlState five characters
     * @param message in the client encoding
     */
    public static ResponseFields of(String severity, String sqlState, CString message) {
        CString untranslated = CString.ofAscii(severity);
        return new ResponseFields(List.of(
                new Field(SEVERITY, untranslated),
                new Field(SEVERITY_NONLOCALIZED, untranslated),
                new Field(SQLSTATE, CString.ofAscii(sqlState)),
                new Field(MESSAGE, message)));
    }

    static ResponseFields read(PayloadReader in) {
        List<Field> fields = new ArrayList<>();
        for (byte code = in.readByte(); code != 0; code = in.readByte()) {
            fields.add(new Field((char) Byte.toUnsignedInt(code), in.readCString()));
        }
        return new ResponseFields(fields);
    }

    void write(PayloadWriter out) {
        for (Field field : fields) {
            out.writeByte((byte) field.code).writeCString(field.value);
        }
        out.writeByte((byte) 0);
    }

    /** The (first) field of a code. */
    public Optional<CString> get(char code) {
        return fields.stream()
                .filter(field -> field.code == code)
                .map(Field::value)
                .findFirst();
    }

    /** The SQLSTATE, one character a byte; empty when there is none. */
    public String sqlState() {
        return get(SQLSTATE).map(CString::latin1).orElse("");
    }

    /** The same with a field replaced where it stands, or added where PostgreSQL would send it. */
    public ResponseFields with(char code, CString value) {
        Field added = new Field(code, value);
        List<Field> changed = new ArrayList<>(fields);
        for (int i = 0; i < changed.size(); i++) {
            if (changed.get(i).code == code) {
                changed.set(i, added);
                return new ResponseFields(changed);
            }
        }
        int at = 0;
        while (at < changed.size() && rank(changed.get(at).code) <= rank(code)) {
            at++;
        }
        changed.add(at, added);
        return new ResponseFields(changed);
    }

    /** The same with the field {@link #POSITION}, characters from 1. */
    public ResponseFields withPosition(int position) {
        return with(POSITION, CString.ofAscii(Integer.toString(position)));
    }

    /** The same without any field of a code. */
    public ResponseFields without(char code) {
        return new ResponseFields(
                fields.stream().filter(field -> field.code != code).toList());
    }

    private static int rank(char code) {
        int rank = ORDER.indexOf(code);
        return rank < 0 ? ORDER.length() : rank;
    }

    /**
     * One field.
     *
     * @param code one byte, not 0
     * @param value in the client encoding
     */
    public record Field(char code, CString value) {
        private static final int MAX_CODE = 0xff;

        public Field {
            if (code == 0 || code > MAX_CODE) {
                throw new ProtocolException("invalid field code " + (int) code);
            }
        }
    }
}
