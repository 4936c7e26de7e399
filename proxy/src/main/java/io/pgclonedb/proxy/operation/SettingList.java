package io.pgclonedb.proxy.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Settings whose value is a list of quoted names ({@code search_path} and its like). The catalog keeps such a value as one
 * text, {@code "a b", public}; given back to SET as one literal it would become the single name {@code "a b", public}. It has to
 * be taken apart and given element by element.
 */
final class SettingList {
    /** The server marks them GUC_LIST_QUOTE; no catalog tells, and extensions cannot add to them. */
    private static final Set<String> NAMES = Set.of(
            "local_preload_libraries",
            "search_path",
            "session_preload_libraries",
            "shared_preload_libraries",
            "temp_tablespaces",
            "unix_socket_directories");

    private SettingList() {}

    /** Whether the setting holds a list of names. */
    static boolean isList(String setting) {
        return NAMES.contains(setting.toLowerCase(Locale.ROOT));
    }

    /** The elements without their quotes; for an empty list the one empty name, which SET can say. */
    static List<String> elements(String value) {
        List<String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        for (int at = 0; at < value.length(); at++) {
            char character = value.charAt(at);
            if (quoted) {
                if (character != '"') {
                    element.append(character);
                } else if (at + 1 < value.length() && value.charAt(at + 1) == '"') {
                    element.append('"');
                    at++;
                } else {
                    quoted = false;
                }
            } else if (character == '"') {
                quoted = true;
                wasQuoted = true;
            } else if (character == ',') {
                elements.add(element.toString());
                element.setLength(0);
                wasQuoted = false;
            } else if (!isSpace(character)) {
                element.append(character);
            } else if (!wasQuoted && element.length() > 0 && !onlySpaceUntilComma(value, at)) {
                element.append(character);
            }
        }
        elements.add(element.toString());
        return elements;
    }

    private static boolean onlySpaceUntilComma(String value, int from) {
        int at = from;
        while (at < value.length() && isSpace(value.charAt(at))) {
            at++;
        }
        return at == value.length() || value.charAt(at) == ',';
    }

    private static boolean isSpace(char character) {
        return character == ' '
                || character == '\t'
                || character == '\n'
                || character == '\r'
                || character == '\f'
                || character == 0x0B;
    }
}
