package io.pgclonedb.proxy.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL documentation, "Character Set Support". */
class ClientEncodingTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTF8",
                "SQL_ASCII",
                "LATIN1",
                "LATIN2",
                "LATIN3",
                "LATIN4",
                "LATIN5",
                "LATIN7",
                "LATIN9",
                "ISO_8859_5",
                "ISO_8859_6",
                "ISO_8859_7",
                "ISO_8859_8",
                "KOI8R",
                "KOI8U",
                "WIN866",
                "WIN874",
                "WIN1250",
                "WIN1251",
                "WIN1252",
                "WIN1253",
                "WIN1254",
                "WIN1255",
                "WIN1256",
                "WIN1257",
                "WIN1258",
                "EUC_JP",
                "EUC_CN",
                "EUC_KR",
                "EUC_TW"
            })
    void readsServerEncodings(String name) {
        assertThat(ClientEncoding.of(name).lexable()).isTrue();
        assertThat(ClientEncoding.of(name).charset()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EUC_JIS_2004", "MULE_INTERNAL", "LATIN6", "LATIN8", "LATIN10"})
    void lexesWhatJavaMayNotKnow(String name) {
        assertThat(ClientEncoding.of(name).lexable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SJIS", "sjis", "SHIFT_JIS_2004", "BIG5", "GBK", "UHC", "JOHAB", "GB18030", "UTF-16", ""})
    void lexesNoOther(String name) {
        assertThat(ClientEncoding.of(name).lexable()).isFalse();
    }
}
