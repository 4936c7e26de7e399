package io.pgclonedb.proxy.sql;

import java.util.ArrayList;
import java.util.List;

/** The statements of a text, empty ones left out. */
record Script(Tokens tokens, List<Range> statements) {
    /** Tokens from one index up to another, which is not in it. */
    record Range(int from, int to) {
        boolean contains(int token) {
            return token >= from && token < to;
        }
    }

    /** Splits at semicolons outside parentheses and outside the BEGIN ATOMIC … END of a function's body. */
    static Script of(Tokens tokens) {
        List<Range> statements = new ArrayList<>();
        int from = 0;
        int parentheses = 0;
        int blocks = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.is(i, "(")) {
                parentheses++;
            } else if (tokens.is(i, ")")) {
                parentheses--;
            } else if (blocks == 0 && tokens.isWord(i, "begin") && tokens.isWord(i + 1, "atomic") && i > from) {
                blocks++;
            } else if (blocks > 0 && tokens.isWord(i, "case", "begin")) {
                blocks++;
            } else if (blocks > 0 && tokens.isWord(i, "end")) {
                blocks--;
            } else if (parentheses <= 0 && blocks == 0 && tokens.is(i, ";")) {
                add(statements, from, i);
                from = i + 1;
                parentheses = 0;
            }
        }
        add(statements, from, tokens.size());
        return new Script(tokens, List.copyOf(statements));
    }

    private static void add(List<Range> statements, int from, int to) {
        if (to > from) {
            statements.add(new Range(from, to));
        }
    }
}
