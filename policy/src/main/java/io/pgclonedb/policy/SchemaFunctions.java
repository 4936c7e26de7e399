package io.pgclonedb.policy;

import static io.pgclonedb.policy.ArgumentType.BOOLEAN;
import static io.pgclonedb.policy.ArgumentType.TEXT;
import static io.pgclonedb.policy.Parameter.optional;
import static io.pgclonedb.policy.Parameter.required;

import java.util.List;

/** Schemas inside a database. */
final class SchemaFunctions {
    private SchemaFunctions() {}

    static List<CatalogEntry> entries() {
        return List.of(createSchema(), dropSchema());
    }

    private static CatalogEntry createSchema() {
        Function function = new Function(
                "create_schema",
                FunctionKind.ACTS,
                List.of(required("dbname", TEXT), required("schema_name", TEXT), optional("owner", TEXT, "NULL")),
                List.of(),
                Access.OFF,
                new Usage(
                        "Creates a schema in a database; without owner it belongs to the caller.",
                        "SELECT pgclonedb.create_schema('myapp_dev', 'app_data', owner := 'myapp_app');",
                        List.of(
                                "The database must be open. Names that start with pg_ are PostgreSQL's own.",
                                "An owner that is given is the caller or a role that is neither "
                                        + "privileged nor another application's.")));
        return new CatalogEntry(
                function,
                List.of(new NameRule("dbname"), new NameRule("schema_name"), new NameRule("owner")),
                List.of(
                        new TargetDatabaseRule("dbname"),
                        new ReservedSchemaRule("schema_name"),
                        PrivilegedRoleRule.exceptCaller("owner"),
                        ForeignRoleRule.exceptCaller("owner")));
    }

    private static CatalogEntry dropSchema() {
        Function function = new Function(
                "drop_schema",
                FunctionKind.ACTS,
                List.of(required("dbname", TEXT), required("schema_name", TEXT), optional("cascade", BOOLEAN, "false")),
                List.of(),
                Access.OFF,
                new Usage(
                        "Drops a schema of a database, with cascade also what depends on it.",
                        "SELECT pgclonedb.drop_schema('myapp_dev', 'app_data', cascade := true);",
                        List.of(
                                "The database must be open. Without cascade the call fails when something "
                                        + "is in the schema.",
                                "public, information_schema and schemas whose names start with pg_ stay.")));
        return new CatalogEntry(
                function,
                List.of(new NameRule("dbname"), new NameRule("schema_name")),
                List.of(new TargetDatabaseRule("dbname"), new ProtectedSchemaRule("schema_name")));
    }
}
