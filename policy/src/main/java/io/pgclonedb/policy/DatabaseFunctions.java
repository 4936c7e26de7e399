package io.pgclonedb.policy;

import static io.pgclonedb.policy.ArgumentType.BOOLEAN;
import static io.pgclonedb.policy.ArgumentType.TEXT;
import static io.pgclonedb.policy.Parameter.optional;
import static io.pgclonedb.policy.Parameter.required;

import java.util.List;

/** Cloning, opening, closing and dropping databases. */
final class DatabaseFunctions {
    private DatabaseFunctions() {}

    static List<CatalogEntry> entries() {
        return List.of(createDatabase(), openDatabase(), closeDatabase(), dropDatabase());
    }

    private static CatalogEntry createDatabase() {
        Function function = new Function(
                "create_database",
                FunctionKind.ACTS,
                List.of(
                        required("dbname", TEXT),
                        required("template", TEXT),
                        optional("owner", TEXT, "NULL"),
                        optional("encoding", TEXT, "NULL"),
                        optional("lc_collate", TEXT, "NULL"),
                        optional("lc_ctype", TEXT, "NULL")),
                List.of(),
                Access.ON,
                new Usage(
                        "Clones a template into a new database and opens it.",
                        "SELECT pgclonedb.create_database('myapp_dev', 'myapp_source');",
                        List.of(
                                "The template must have no sessions in it; close_database sees to that. "
                                        + "It stays as it is.",
                                "Without owner the clone has its template's owner, or the caller where "
                                        + "the template is template0 or template1. An owner that is given is the "
                                        + "caller or a role that is neither privileged nor another application's.",
                                "Encoding and locale can differ from the template's only when the "
                                        + "template is template0.",
                                "The copy is refused when too little disk space would be left; a "
                                        + "superuser sets the margin with min_free_bytes of configure.")));
        return new CatalogEntry(
                function,
                List.of(new NameRule("dbname"), new NameRule("template"), new NameRule("owner")),
                List.of(
                        new TargetDatabaseRule("dbname"),
                        new TemplateRule("template"),
                        PrivilegedRoleRule.exceptCaller("owner"),
                        ForeignRoleRule.exceptCaller("owner")));
    }

    private static CatalogEntry openDatabase() {
        return onDatabase(new Function(
                "open_database",
                FunctionKind.ACTS,
                List.of(required("dbname", TEXT)),
                List.of(),
                Access.ON,
                new Usage(
                        "Unlocks a template, so that its contents can be changed.",
                        "SELECT pgclonedb.open_database('myapp_source');",
                        List.of("Opening a database that is open succeeds."))));
    }

    private static CatalogEntry closeDatabase() {
        return onDatabase(new Function(
                "close_database",
                FunctionKind.ACTS,
                List.of(required("dbname", TEXT), optional("terminate_backends", BOOLEAN, "true")),
                List.of(),
                Access.ON,
                new Usage(
                        "Locks a database as a template, ending the sessions in it or, if so told, "
                                + "failing when there are any.",
                        "SELECT pgclonedb.close_database('myapp_source');",
                        List.of(
                                "With terminate_backends := false nothing changes while there are "
                                        + "sessions in the database.",
                                "Closing a database that is closed succeeds."))));
    }

    private static CatalogEntry dropDatabase() {
        return onDatabase(new Function(
                "drop_database",
                FunctionKind.ACTS,
                List.of(required("dbname", TEXT), optional("force", BOOLEAN, "true")),
                List.of(),
                Access.ON,
                new Usage(
                        "Drops a database that is open, with force also the sessions in it.",
                        "SELECT pgclonedb.drop_database('myapp_dev');",
                        List.of(
                                "A closed template must be opened before it can be dropped.",
                                "With force := false the call fails while there are sessions in the database."))));
    }

    private static CatalogEntry onDatabase(Function function) {
        return new CatalogEntry(function, List.of(new NameRule("dbname")), List.of(new TargetDatabaseRule("dbname")));
    }
}
