-- Settings of the cluster; a missing row means the default.
CREATE TABLE control.settings (
    name text PRIMARY KEY,
    value text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Functions whose state differs, or once differed, from the default.
CREATE TABLE control.function_states (
    name text PRIMARY KEY,
    enabled boolean NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE control.audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started_at timestamptz NOT NULL DEFAULT statement_timestamp(),
    finished_at timestamptz,
    caller_oid oid NOT NULL,
    caller text NOT NULL,
    operation text NOT NULL,
    target text,
    arguments jsonb NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('running', 'succeeded', 'failed', 'denied', 'unknown')),
    sqlstate text CHECK (length(sqlstate) = 5),
    message text,
    client_address text NOT NULL,
    application_name text NOT NULL,
    backend_pid integer NOT NULL,
    -- The rest is for the proxies: who runs it, on which session of the server, and what it still has to write.
    proxy_id uuid NOT NULL,
    admin_pid integer,
    admin_backend_start timestamptz,
    reserved_bytes bigint NOT NULL DEFAULT 0 CHECK (reserved_bytes >= 0),
    notes jsonb NOT NULL DEFAULT '{}',
    CHECK ((outcome = 'running') = (finished_at IS NULL))
);

CREATE INDEX audit_caller ON control.audit (caller_oid, id);
CREATE INDEX audit_running ON control.audit (id) WHERE outcome = 'running';
CREATE INDEX audit_finished ON control.audit (finished_at);
