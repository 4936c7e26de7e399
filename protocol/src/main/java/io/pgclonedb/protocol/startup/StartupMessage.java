package io.pgclonedb.protocol.startup;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.ProtocolException;
import io.pgclonedb.protocol.ProtocolException.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Opens a session. The server takes the last of two parameters of the same name and cuts off a user or
 * database name after 63 bytes; since this program must see the names the server sees, all of that is refused. Any minor version is accepted: the server
 * itself answers with NegotiateProtocolVersion.
 *
 * @param majorVersion always 3
 * @param minorVersion 0 to 65535
 * @param parameters in the order of the wire, {@code user} and protocol options ({@code _pq_.…}) among them
 */
public record StartupMessage(int majorVersion, int minorVersion, List<Parameter> parameters) implements StartupPacket {
    /** The major version spoken here. */
    public static final int MAJOR_VERSION = 3;

    /** What the names of protocol options begin with. */
    public static final String PROTOCOL_OPTION_PREFIX = "_pq_.";

    private static final int NEWEST_MINOR_VERSION = 2;
    private static final int MINOR_VERSION_BITS = 16;
    private static final int MINOR_VERSION_MASK = 0xffff;
    private static final int MAX_NAME_LENGTH = 63;

    public StartupMessage {
        parameters = List.copyOf(parameters);
        if (majorVersion != MAJOR_VERSION) {
            throw new ProtocolException(
                    Reason.UNSUPPORTED_VERSION,
                    "unsupported frontend protocol " + majorVersion + "." + minorVersion + ": server supports "
                            + MAJOR_VERSION + ".0 to " + MAJOR_VERSION + "." + NEWEST_MINOR_VERSION);
        }
        if (minorVersion < 0 || minorVersion > MINOR_VERSION_MASK) {
            throw new ProtocolException("invalid minor protocol version " + minorVersion);
        }
        requireDistinctNames(parameters);
        requireUser(parameters);
        requireWholeDatabase(parameters);
    }

    private static void requireDistinctNames(List<Parameter> parameters) {
        // names of settings are the same in any case to the server
        Set<String> names = new HashSet<>();
        for (Parameter parameter : parameters) {
            if (!names.add(parameter.name.latin1().toLowerCase(Locale.ROOT))) {
                throw new ProtocolException(
                        Reason.DUPLICATE_PARAMETER, "invalid startup packet: a parameter is specified more than once");
            }
        }
    }

    private static void requireUser(List<Parameter> parameters) {
        CString user = find(parameters, "user").orElse(CString.EMPTY);
        if (user.isEmpty()) {
            throw new ProtocolException(Reason.INVALID_USER, "no PostgreSQL user name specified in startup packet");
        }
        if (user.length() > MAX_NAME_LENGTH) {
            throw new ProtocolException(
                    Reason.INVALID_USER,
                    "user name in startup packet is too long: it may have " + MAX_NAME_LENGTH + " bytes");
        }
    }

    private static void requireWholeDatabase(List<Parameter> parameters) {
        CString database = find(parameters, "database").orElse(CString.EMPTY);
        if (database.length() > MAX_NAME_LENGTH) {
            throw new ProtocolException(
                    "database name in startup packet is too long: it may have " + MAX_NAME_LENGTH + " bytes");
        }
    }

    static StartupMessage decodeBody(int version, ByteBuf body) {
        int major = version >>> MINOR_VERSION_BITS;
        int minor = version & MINOR_VERSION_MASK;
        // what follows another version's number may have any layout
        List<Parameter> parameters = major == MAJOR_VERSION ? readParameters(body) : List.of();
        return new StartupMessage(major, minor, parameters);
    }

    private static List<Parameter> readParameters(ByteBuf body) {
        try {
            List<Parameter> parameters = new ArrayList<>();
            for (CString name = CString.read(body); !name.isEmpty(); name = CString.read(body)) {
                parameters.add(new Parameter(name, CString.read(body)));
            }
            if (!body.isReadable()) {
                return parameters;
            }
        } catch (ProtocolException unterminated) {
            // the server has the same words for both
        }
        throw new ProtocolException("invalid startup packet layout: expected terminator as last byte");
    }

    /** Who logs in; never empty, at most 63 bytes. */
    public CString user() {
        return find(parameters, "user").orElseThrow();
    }

    /** Where; the user's name unless something else was asked for; at most 63 bytes. */
    public CString database() {
        return get("database").filter(name -> !name.isEmpty()).orElseGet(this::user);
    }

    /** The value of a parameter; its name is compared byte by byte. */
    public Optional<CString> get(String name) {
        return find(parameters, name);
    }

    private static Optional<CString> find(List<Parameter> parameters, String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name.latin1().equals(name))
                .map(Parameter::value)
                .findFirst();
    }

    @Override
    public int code() {
        return majorVersion << MINOR_VERSION_BITS | minorVersion;
    }

    @Override
    public void encodeBody(ByteBuf out) {
        for (Parameter parameter : parameters) {
            parameter.name.write(out);
            parameter.value.write(out);
        }
        CString.EMPTY.write(out);
    }

    /**
     * A setting or option of the session.
     *
     * @param name not empty
     * @param value may be empty
     */
    public record Parameter(CString name, CString value) {
        public Parameter {
            if (name.isEmpty()) {
                throw new ProtocolException("invalid startup packet layout: a parameter has no name");
            }
        }

        /** A parameter of ASCII name and UTF-8 value. */
        public static Parameter of(String name, String value) {
            return new Parameter(CString.ofAscii(name), CString.ofUtf8(value));
        }
    }
}
