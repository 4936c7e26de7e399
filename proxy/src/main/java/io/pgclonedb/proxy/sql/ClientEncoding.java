package io.pgclonedb.proxy.sql;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@code client_encoding} (PostgreSQL documentation, "Character Set Support").
 *
 * @param name as the server reports it
 * @param charset null when Java has none for it
 * @param lexable false where a byte that looks like ASCII may be part of another character
 */
public record ClientEncoding(String name, @Nullable Charset charset, boolean lexable) {
    public static final ClientEncoding UTF8 = new ClientEncoding("UTF8", StandardCharsets.UTF_8, true);

    /** The encodings PostgreSQL allows for clients only: their second bytes overlap with ASCII. */
    private static final Set<String> NOT_LEXABLE =
            Set.of("SJIS", "SHIFT_JIS_2004", "BIG5", "GBK", "UHC", "JOHAB", "GB18030");

    private static final Map<String, String> CHARSETS = Map.ofEntries(
            Map.entry("EUC_JP", "EUC-JP"),
            Map.entry("EUC_CN", "GB2312"),
            Map.entry("EUC_KR", "EUC-KR"),
            Map.entry("EUC_TW", "x-EUC-TW"),
            Map.entry("LATIN1", "ISO-8859-1"),
            Map.entry("LATIN2", "ISO-8859-2"),
            Map.entry("LATIN3", "ISO-8859-3"),
            Map.entry("LATIN4", "ISO-8859-4"),
            Map.entry("LATIN5", "ISO-8859-9"),
            Map.entry("LATIN6", "ISO-8859-10"),
            Map.entry("LATIN7", "ISO-8859-13"),
            Map.entry("LATIN8", "ISO-8859-14"),
            Map.entry("LATIN9", "ISO-8859-15"),
            Map.entry("LATIN10", "ISO-8859-16"),
            Map.entry("ISO_8859_5", "ISO-8859-5"),
            Map.entry("ISO_8859_6", "ISO-8859-6"),
            Map.entry("ISO_8859_7", "ISO-8859-7"),
            Map.entry("ISO_8859_8", "ISO-8859-8"),
            Map.entry("KOI8R", "KOI8-R"),
            Map.entry("KOI8U", "KOI8-U"),
            Map.entry("WIN866", "IBM866"),
            Map.entry("WIN874", "x-windows-874"),
            // The server passes SQL_ASCII through unconverted; what is not UTF-8 then is read nowhere.
            Map.entry("SQL_ASCII", "UTF-8"));

    /** The encoding the server reports under this name; unknown ones are not lexable. */
    public static ClientEncoding of(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.equals("UTF8")) {
            return UTF8;
        }
        if (NOT_LEXABLE.contains(upper)) {
            return new ClientEncoding(name, null, false);
        }
        String charset = CHARSETS.get(upper);
        if (charset == null && upper.startsWith("WIN1")) {
            charset = "windows-" + upper.substring(3);
        }
        if (charset != null) {
            return new ClientEncoding(name, charset(charset), true);
        }
        return new ClientEncoding(name, null, upper.equals("EUC_JIS_2004") || upper.equals("MULE_INTERNAL"));
    }

    private static @Nullable Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException absent) {
            return null;
        }
    }
}
