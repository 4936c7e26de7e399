package io.pgclonedb.policy;

/** The attributes that make a role privileged (PostgreSQL documentation, "Role Attributes"). */
public enum RoleAttribute {
    SUPERUSER,
    CREATEROLE,
    CREATEDB,
    REPLICATION,
    BYPASSRLS
}
