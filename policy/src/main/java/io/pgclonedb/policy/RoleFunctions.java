package io.pgclonedb.policy;

import static io.pgclonedb.policy.ArgumentType.BOOLEAN;
import static io.pgclonedb.policy.ArgumentType.INTEGER;
import static io.pgclonedb.policy.ArgumentType.TEXT;
import static io.pgclonedb.policy.ArgumentType.TIMESTAMPTZ;
import static io.pgclonedb.policy.Parameter.optional;
import static io.pgclonedb.policy.Parameter.required;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Roles, their passwords and memberships. */
final class RoleFunctions {
    private RoleFunctions() {}

    static List<CatalogEntry> entries() {
        return List.of(createRole(), dropRole(), resetPassword(), grantRole(), revokeRole());
    }

    private static CatalogEntry createRole() {
        Function function = new Function(
                "create_role",
                FunctionKind.ACTS,
                List.of(
                        required("rolename", TEXT),
                        optional("password", TEXT, "NULL").asSecret(),
                        optional("login", BOOLEAN, "true"),
                        optional("createdb", BOOLEAN, "false"),
                        optional("createrole", BOOLEAN, "false"),
                        optional("conn_limit", INTEGER, "-1"),
                        optional("valid_until", TIMESTAMPTZ, "NULL")),
                List.of(),
                Access.OFF,
                new Usage(
                        "Creates a role without privileges; createdb and createrole must stay false.",
                        "SELECT pgclonedb.create_role('app_readonly', password := 'S3cure!');",
                        List.of(
                                "Roles belong to the whole cluster, so every application sees the name; "
                                        + "choose a telling one.",
                                "Names that end in _db_admin are for superusers to give; pg_..., public "
                                        + "and none are PostgreSQL's.",
                                "conn_limit := -1 is no limit. The password is passed on as a SCRAM "
                                        + "verifier, never as text.")));
        return new CatalogEntry(
                function,
                List.of(
                        new NameRule("rolename"),
                        new PasswordRule("password"),
                        new RangeRule("conn_limit", -1, Integer.MAX_VALUE)),
                List.of(
                        new ReservedRoleRule("rolename"),
                        new ForbiddenAttributeRule("createdb"),
                        new ForbiddenAttributeRule("createrole")));
    }

    private static CatalogEntry dropRole() {
        Function function = new Function(
                "drop_role",
                FunctionKind.ACTS,
                List.of(required("rolename", TEXT)),
                List.of(),
                Access.OFF,
                new Usage(
                        "Drops a role that owns nothing.",
                        "SELECT pgclonedb.drop_role('app_readonly');",
                        List.of("Privileged roles, other applications' roles and roles that own something "
                                + "are refused.")));
        return new CatalogEntry(
                function,
                List.of(new NameRule("rolename")),
                List.of(
                        new SystemRoleRule("rolename"),
                        PrivilegedRoleRule.forAll("rolename"),
                        ForeignRoleRule.forAll("rolename")));
    }

    private static CatalogEntry resetPassword() {
        Function function = new Function(
                "reset_password",
                FunctionKind.ACTS,
                List.of(
                        required("rolename", TEXT),
                        required("new_password", TEXT).asSecret(),
                        optional("valid_until", TIMESTAMPTZ, "NULL")),
                List.of(),
                Access.OFF,
                new Usage(
                        "Sets a role's password and, if given, until when it is valid.",
                        "SELECT pgclonedb.reset_password('app_readonly', 'N3wS3cure!');",
                        List.of(
                                "Without valid_until the expiry stays as it is.",
                                "Your own password can be set too; those of privileged and other "
                                        + "applications' roles cannot.")));
        return new CatalogEntry(
                function,
                List.of(new NameRule("rolename"), new PasswordRule("new_password")),
                List.of(PrivilegedRoleRule.exceptCaller("rolename"), ForeignRoleRule.exceptCaller("rolename")));
    }

    private static CatalogEntry grantRole() {
        Function function = new Function(
                "grant_role",
                FunctionKind.ACTS,
                List.of(required("rolename", TEXT), required("member", TEXT)),
                List.of(),
                Access.OFF,
                new Usage(
                        "Makes one role a member of another, which it is to have the rights of.",
                        "SELECT pgclonedb.grant_role('app_readonly', 'app_writer');",
                        List.of("Neither role may be privileged or another application's, but the member "
                                + "may be yourself.")));
        return onMembership(function, new CycleRule("rolename", "member"));
    }

    private static CatalogEntry revokeRole() {
        Function function = new Function(
                "revoke_role",
                FunctionKind.ACTS,
                List.of(required("rolename", TEXT), required("member", TEXT)),
                List.of(),
                Access.OFF,
                new Usage(
                        "Ends a membership, whoever granted it.",
                        "SELECT pgclonedb.revoke_role('app_readonly', 'app_writer');",
                        List.of(
                                "Neither role may be privileged or another application's, but the member "
                                        + "may be yourself.",
                                "Revoking a membership that does not exist succeeds.")));
        return onMembership(function);
    }

    /** Neither end may be privileged or another application's, but the caller may be the member. */
    private static CatalogEntry onMembership(Function function, Rule... further) {
        List<Rule> both = List.of(
                PrivilegedRoleRule.forAll("rolename"),
                ForeignRoleRule.forAll("rolename"),
                PrivilegedRoleRule.exceptCaller("member"),
                ForeignRoleRule.exceptCaller("member"));
        return new CatalogEntry(
                function,
                List.of(new NameRule("rolename"), new NameRule("member")),
                Stream.concat(both.stream(), Arrays.stream(further)).toList());
    }
}
