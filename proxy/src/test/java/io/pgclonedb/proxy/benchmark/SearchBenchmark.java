package io.pgclonedb.proxy.benchmark;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pgclonedb.proxy.sql.CallPlanner;
import io.pgclonedb.proxy.sql.CallSearch;
import io.pgclonedb.proxy.sql.ClientEncoding;
import io.pgclonedb.proxy.sql.Plan;
import io.pgclonedb.proxy.sql.PlanOptions;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures what finding out costs whether a text calls a function: the search of the bytes, which every statement pays, beside
 * a walk through the same memory; and the reading of those few texts in which it finds something, which has to take time in
 * proportion to their length. Run by {@code it-tests/benchmark/search.sh}.
 */
final class SearchBenchmark {
    private static final int SEARCHED = 64 * 1024;
    private static final int REPEATED = 1000;
    private static final PlanOptions SIMPLE_QUERY =
            new PlanOptions(true, ClientEncoding.UTF8, false, List.of(), () -> "nonce");

    /** Mentions pgclonedb where it means nothing, so that the text is lexed to its end. */
    private static final String MENTION = "/* pgclonedb */ ";

    private final PrintStream out;

    private SearchBenchmark(PrintStream out) {
        this.out = out;
    }

    /** Takes about a minute. */
    public static void main(String[] arguments) {
        SearchBenchmark benchmark = new SearchBenchmark(System.out);
        benchmark.search();
        benchmark.read(
                "lexed only, ms at 1, 2, 5 and 10 MB", lexed(), new int[] {1_000_000, 2_000_000, 5_000_000, 10_000_000
                });
        benchmark.read(
                "planned, ms at 25, 50, 125 and 250 KB", planned(), new int[] {25_000, 50_000, 125_000, 250_000});
        benchmark.parentheses();
    }

    private void search() {
        out.println("searched, 64 KiB without a hit: ns a KiB, and of a walk that only adds the words up");
        Map<String, RepeatedText> texts = new LinkedHashMap<>();
        texts.put(
                "statements",
                new RepeatedText(
                        "",
                        "SELECT abalance, filler FROM pgbench_accounts WHERE aid = 4711 AND b <> 'x''y';\n",
                        "",
                        ""));
        texts.put("pairs of letters that the name has", new RepeatedText("", "clonepgclonede", "", ""));
        texts.put("ampersands", new RepeatedText("", "a & b && c ", "", ""));
        texts.forEach((name, text) -> {
            byte[] bytes = text.ofLength(SEARCHED);
            ByteBuf buffer = Unpooled.directBuffer(bytes.length).writeBytes(bytes);
            double search = ProcessorTime.best(50, () -> searches(buffer));
            double walk = ProcessorTime.best(50, () -> walks(buffer));
            double kibibytes = REPEATED * (bytes.length / 1024.0);
            out.printf("  %-36s %6.0f %6.0f%n", name, search / kibibytes, walk / kibibytes);
            buffer.release();
        });
    }

    private static int searches(ByteBuf text) {
        int found = 0;
        for (int i = 0; i < REPEATED; i++) {
            found += CallSearch.found(text, 0, text.readableBytes()) ? 1 : 0;
        }
        return found;
    }

    private static long walks(ByteBuf text) {
        long sum = 0;
        for (int i = 0; i < REPEATED; i++) {
            for (int at = 0; at + Long.BYTES <= text.readableBytes(); at += Long.BYTES) {
                sum += text.getLong(at);
            }
        }
        return sum;
    }

    /** Texts without a call that are hard to read in one way each. */
    private static Map<String, RepeatedText> lexed() {
        Map<String, RepeatedText> texts = new LinkedHashMap<>();
        texts.put("a script", new RepeatedText(MENTION, """
                INSERT INTO t (a, b) VALUES (1.5e3, 'it''s', E'a\\'b', "Col""umn"); -- "one" 'two' $$three
                CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $body$ SELECT $1 + '$$' $body$; /* a /* b */ ' */
                """, "", ""));
        texts.put("strings", list("'it''s', E'a\\'b', "));
        texts.put("one string of doubled quotes", new RepeatedText(MENTION + "SELECT '", "''a", "", "'"));
        texts.put("one string line by line", new RepeatedText(MENTION + "SELECT 'a'", "\n-- 'x\n'a'", "", ""));
        texts.put("comments", new RepeatedText(MENTION, "-- it's $$ /*\n/* \" -- */ ", "", "SELECT 1"));
        texts.put("comments inside one another", new RepeatedText(MENTION, "/*'", "*/", " SELECT 1"));
        texts.put("dollar quotes", list("$tag$ a $ b $$ $ta$ $tags$ c $tag$, $$ d $tag$ $$, "));
        texts.put("dollars that quote nothing", list("$abcdefgh "));
        texts.put("escaped identifiers", list("U&\"d\\0061t\\+000061\", "));
        texts.put("parentheses inside one another", new RepeatedText(MENTION + "SELECT ", "(", ")", ""));
        texts.put("operators", list("<= -1 || @-@ 1 "));
        texts.put("one run of signs", list("+"));
        texts.put("numbers", list("1.5e+3, .5, 0x1F, 1_000, "));
        texts.put("semicolons", new RepeatedText(MENTION, ";", "", ""));
        return texts;
    }

    private static RepeatedText list(String repeated) {
        return new RepeatedText(MENTION + "SELECT ", repeated, "", "1");
    }

    /** Texts with a call or what looks like one, short enough to be planned, whether they are then served or refused. */
    private static Map<String, RepeatedText> planned() {
        Map<String, RepeatedText> texts = new LinkedHashMap<>();
        texts.put(
                "statements before a call",
                new RepeatedText("", "SELECT 'a', b FROM c WHERE d = 1; ", "", "SELECT pgclonedb.help()"));
        texts.put("a long argument", new RepeatedText("SELECT pgclonedb.drop_database('a'", " || 'b'", "", ")"));
        texts.put("a nested argument", new RepeatedText("SELECT pgclonedb.drop_database(", "(", ")", ")"));
        texts.put("parentheses beside a call", new RepeatedText("SELECT pgclonedb.help(), ", "(", ")", ""));
        texts.put("calls", new RepeatedText("SELECT ", "pgclonedb.drop_database('a', false), ", "", "1"));
        texts.put(
                "a hundred long calls",
                new RepeatedText("SELECT ", "pgclonedb.drop_database('a' || " + "1 + ".repeat(500) + "1), ", "", "1"));
        texts.put("calls inside one another", new RepeatedText("SELECT ", "pgclonedb.help(", ")", ""));
        texts.put("statements of calls", new RepeatedText("", "SELECT pgclonedb.drop_database('a'); ", "", ""));
        texts.put("grants", new RepeatedText("", "GRANT EXECUTE ON FUNCTION pgclonedb.help() TO a; ", "", ""));
        return texts;
    }

    /** Behind the times, by how much the time for a byte has grown from the first size to the last. */
    private void read(String title, Map<String, RepeatedText> texts, int[] sizes) {
        out.println(title + "; growth of the time per byte");
        // The compiler gets to see every kind of text before any is measured.
        texts.values().forEach(text -> ProcessorTime.best(15, () -> plan(text.ofLength(sizes[0] / 4))));
        texts.forEach((name, text) -> {
            double first = 0;
            double last = 0;
            out.printf("  %-36s", name);
            for (int size : sizes) {
                byte[] sql = text.ofLength(size);
                last = ProcessorTime.best(5, () -> plan(sql)) / size;
                first = first == 0 ? last : first;
                out.printf(" %7.1f", last * size / 1e6);
            }
            out.printf("  x%.2f%n", last / first);
        });
    }

    private void parentheses() {
        byte[] alone = new RepeatedText("SELECT 'pgclonedb', ", "(", ")", "").repeated(100_000);
        byte[] beside = new RepeatedText("SELECT pgclonedb.help(), ", "(", ")", "").repeated(100_000);
        out.printf(
                "100,000 nested parentheses: %.1f ms, beside a call: %.1f ms%n",
                ProcessorTime.best(10, () -> plan(alone)) / 1e6, ProcessorTime.best(10, () -> plan(beside)) / 1e6);
    }

    /** What the proxy does with a text in which the search has found something. */
    private static Plan plan(byte[] sql) {
        return CallPlanner.plan(sql, SIMPLE_QUERY);
    }
}
