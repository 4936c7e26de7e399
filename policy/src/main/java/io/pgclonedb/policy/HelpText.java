package io.pgclonedb.policy;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What {@code help} answers: one text, made to be read in a terminal. */
public final class HelpText {
    private static final String EXAMPLE_APPLICATION = "myapp";

    private final Caller caller;
    private final Set<String> enabled;

    private HelpText(Caller caller, Set<String> enabled) {
        this.caller = caller;
        this.enabled = enabled;
    }

    /** The scope of the caller, the workflow and all functions. {@code enabled} are the names of the enabled ones. */
    public static String all(Caller caller, Set<String> enabled) {
        return new HelpText(caller, enabled).overview();
    }

    /** One function in full. */
    public static String of(Function function, Caller caller, Set<String> enabled) {
        return new HelpText(caller, enabled).inFull(function);
    }

    private String overview() {
        WrappedText text = new WrappedText();
        text.line("pgclonedb: databases cloned, opened, closed and dropped with a function call")
                .gap();
        scope(text.line("Scope"));
        workflow(text.gap().line("Workflow"));
        for (Function function : FunctionCatalog.functions()) {
            summary(text.gap(), function);
        }
        return text.gap()
                .line("More about one of them:  SELECT pgclonedb.help('create_database');")
                .line("A superuser enables one: SELECT pgclonedb.configure(enable := 'create_role');")
                .toString();
    }

    private void scope(WrappedText text) {
        if (caller.superuser()) {
            text.paragraph(
                    "  ",
                    "Role \"" + caller.name()
                            + "\" is a superuser, to whom scope does not apply: every database but the"
                            + " system databases and the control database can be named.");
            return;
        }
        String application = application();
        text.paragraph(
                        "  ",
                        "Role \"" + caller.name() + "\" may name the database \"" + application
                                + "\" and every database whose name starts with \"" + application
                                + "_\". Letters count as they are written, upper or lower case.")
                .paragraph(
                        "  ",
                        "Where the name of another application is a longer match, the database is that"
                                + " application's. System databases are nobody's.");
    }

    private void workflow(WrappedText text) {
        text.paragraph("  ", "A template is kept closed: nobody connects to it, and it is ready to be cloned.")
                .line("  open   " + example("SELECT pgclonedb.open_database('myapp_source');"))
                .line("  edit   connect to \"" + application() + "_source\", load data, run migrations")
                .line("  close  " + example("SELECT pgclonedb.close_database('myapp_source');"))
                .line("  clone  " + example("SELECT pgclonedb.create_database('myapp_dev', 'myapp_source');"))
                .line("  drop   " + example("SELECT pgclonedb.drop_database('myapp_dev');"));
    }

    private void summary(WrappedText text, Function function) {
        text.line(title(function))
                .paragraph("  ", function.description())
                .paragraph("  Parameters: ", declarations(function))
                .line("  Example:    " + example(function.example()));
    }

    private static List<String> declarations(Function function) {
        List<String> declarations =
                function.parameters().stream().map(Parameter::declaration).toList();
        if (declarations.isEmpty()) {
            return List.of("none");
        }
        int last = declarations.size() - 1;
        return Stream.concat(
                        declarations.subList(0, last).stream().map(declaration -> declaration + ","),
                        Stream.of(declarations.get(last)))
                .toList();
    }

    private String inFull(Function function) {
        WrappedText text = new WrappedText();
        text.line(title(function)).paragraph("  ", function.description()).gap().line("Parameters");
        if (function.parameters().isEmpty()) {
            text.line("  none");
        }
        int names = function.parameters().stream()
                .mapToInt(parameter -> parameter.name().length())
                .max()
                .orElse(0);
        int types = function.parameters().stream()
                .mapToInt(parameter -> parameter.type().sqlName().length())
                .max()
                .orElse(0);
        for (Parameter parameter : function.parameters()) {
            text.line("  " + padded(parameter.name(), names) + "  "
                    + padded(parameter.type().sqlName(), types) + "  "
                    + (parameter.required() ? "required" : "DEFAULT " + parameter.defaultSql()));
        }
        if (!function.usage().notes().isEmpty()) {
            text.gap().line("Notes");
            function.usage().notes().forEach(note -> text.paragraph("  - ", note));
        }
        return text.gap()
                .line("Example")
                .line("  " + example(function.example()))
                .toString();
    }

    private String title(Function function) {
        return function.name() + (function.isEnabled(enabled) ? "  [enabled]" : "  [DISABLED]");
    }

    private String application() {
        return caller.application().orElse(EXAMPLE_APPLICATION);
    }

    /** The example with the caller's own application in its literals. */
    private String example(String sql) {
        return sql.replace(EXAMPLE_APPLICATION, application().replace("'", "''"));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
