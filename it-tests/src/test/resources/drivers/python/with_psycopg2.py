"""psycopg2: the client puts the values into the text, which goes as a simple query."""

import datetime
import io

import psycopg2
import psycopg2.extras
from psycopg2 import errors, extensions

from application import *

DATABASES_NAMED = "SELECT count(*) FROM pg_database WHERE datname = %s"


def connect(dbname="postgres", autocommit=False, **options):
    connection = psycopg2.connect(dbname=dbname, **options)
    connection.autocommit = autocommit
    return connection


def call(connection, sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchone()[0]


@scenario
def connects():
    connection = connect(application_name="driver test")
    assert connection.server_version >= 140000
    equal(connection.info.user, ADMIN)
    equal(connection.get_parameter_status("application_name"), "driver test")
    equal(call(connection, "SELECT pg_backend_pid()"), connection.get_backend_pid())
    connection.set_client_encoding("UTF8")
    psycopg2.extras.register_default_jsonb(connection)


@scenario
def reads():
    connection = connect()
    call(connection, "SELECT pgclonedb.open_database(%s)", TEMPLATE)
    contains(call(connection, "SELECT pgclonedb.help()"), "create_database")
    contains(call(connection, "SELECT pgclonedb.help(%s)", "drop_database"), "[enabled]")
    equal(
        call(connection, "SELECT value FROM pgclonedb.show_config() WHERE setting = %s", "min_free_bytes"),
        "0",
    )
    with connection.cursor(cursor_factory=psycopg2.extras.RealDictCursor) as cursor:
        cursor.execute(
            "SELECT * FROM pgclonedb.get_audit_log(max_rows := %(rows)s, filter_operation := %(operation)s)",
            {"rows": 1, "operation": "open_database"},
        )
        row = cursor.fetchone()
    assert isinstance(row["id"], int) and row["id"] > 0
    assert isinstance(row["started_at"], datetime.datetime) and row["started_at"].tzinfo is not None
    equal(row["arguments"]["dbname"], TEMPLATE)


@scenario
def clones():
    connection = connect(autocommit=True)
    created(call(connection, "SELECT pgclonedb.create_database(%s, %s)", COPY, TEMPLATE))
    equal(call(connect(COPY), "SELECT count(*) FROM things WHERE id <= %s", 99), 99)


@scenario
def clones_by_callproc():
    with connect() as connection, connection.cursor() as cursor:
        cursor.callproc("pgclonedb.create_database", [COPY, TEMPLATE])
        created(cursor.fetchone()[0])


@scenario
def clones_by_callproc_with_names():
    with connect() as connection, connection.cursor() as cursor:
        cursor.callproc("pgclonedb.create_database", {"template": TEMPLATE, "dbname": COPY})
        created(cursor.fetchone()[0])
        equal(cursor.description[0].name, "create_database")


@scenario
def reads_by_callproc():
    with connect() as connection, connection.cursor() as cursor:
        cursor.callproc("pgclonedb.help", ["drop_database"])
        contains(cursor.fetchone()[0], "[enabled]")
        cursor.callproc("pgclonedb.show_config")
        assert ("min_free_bytes", "0") in [row[:2] for row in cursor.fetchall()]
        cursor.callproc("pgclonedb.get_audit_log", {"max_rows": 1})
        equal(len(cursor.fetchall()), 1)


@scenario
def runs_one_statement_for_many_values():
    connection = connect()
    with connection.cursor() as cursor:
        cursor.executemany(
            "SELECT pgclonedb.create_database(%s, %s)", [(COPY, TEMPLATE), (COPY + "_2", TEMPLATE)]
        )
        connection.commit()
    equal(call(connection, DATABASES_NAMED, COPY), 1)
    equal(call(connection, DATABASES_NAMED, COPY + "_2"), 1)


@scenario
def reads_and_acts_through_a_named_cursor():
    with connect() as connection, connection.cursor("some") as cursor:
        cursor.itersize = 2
        cursor.execute("SELECT setting FROM pgclonedb.show_config() WHERE setting <> %s", ("min_free_bytes",))
        assert len(list(cursor)) > 10
    with connect() as connection, connection.cursor("other") as cursor:
        cursor.execute(
            "SELECT name, pgclonedb.open_database(name) FROM unnest(%s::text[]) AS name", ([TEMPLATE, SLOW_TEMPLATE],)
        )
        contains(cursor.fetchone()[1], TEMPLATE, "opened")
        contains(cursor.fetchall()[0][1], SLOW_TEMPLATE, "opened")


@scenario
def sends_several_statements_as_one():
    connection = connect()
    with connection.cursor() as cursor:
        psycopg2.extras.execute_batch(
            cursor, "SELECT pgclonedb.create_database(%s, %s)", [(COPY, TEMPLATE), (COPY + "_2", TEMPLATE)]
        )
        connection.commit()
        equal(call(connection, DATABASES_NAMED, COPY + "_2"), 1)
        error = error_of(
            errors.DivisionByZero,
            cursor.execute,
            "CREATE TEMP TABLE lost (); SELECT pgclonedb.open_database(%s); SELECT 1 / 0",
            (TEMPLATE,),
        )
        equal(error.pgcode, "22012")
        connection.rollback()
        equal(call(connection, "SELECT to_regclass('lost')"), None)
        equal(call(connection, "SELECT datallowconn FROM pg_database WHERE datname = %s", TEMPLATE), True)


@scenario
def copies_out():
    connection = connect()
    rows = io.StringIO()
    with connection.cursor() as cursor:
        cursor.copy_expert("COPY (SELECT setting, value FROM pgclonedb.show_config()) TO STDOUT", rows)
    contains(rows.getvalue(), "min_free_bytes\t0\n")


@scenario
def recovers_in_a_transaction():
    connection = connect()
    error = error_of(
        errors.InsufficientPrivilege, call, connection, "SELECT pgclonedb.drop_database(%s)", OTHER_DATABASE
    )
    equal(error.pgcode, "42501")
    contains(error.diag.message_primary, OTHER_DATABASE, "is out of scope for role")
    contains(error.diag.message_hint, "In scope are")
    contains(error.pgerror, "ERROR:", "HINT:")
    equal(connection.get_transaction_status(), extensions.TRANSACTION_STATUS_INERROR)
    error_of(
        errors.InFailedSqlTransaction, call, connection, "SELECT pgclonedb.open_database(%s)", TEMPLATE
    )
    connection.rollback()

    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE kept AS SELECT 1 AS one")
        cursor.execute("SAVEPOINT before")
        error_of(
            errors.InsufficientPrivilege,
            call,
            connection,
            "SELECT pgclonedb.drop_database(%s)",
            OTHER_DATABASE,
        )
        cursor.execute("ROLLBACK TO SAVEPOINT before")
    contains(call(connection, "SELECT pgclonedb.open_database(%s)", TEMPLATE), "opened")
    connection.commit()
    equal(call(connection, "SELECT one FROM kept"), 1)


@scenario
def reports_errors():
    connection = connect(autocommit=True)
    error = error_of(
        errors.UndefinedFunction,
        call,
        connection,
        "SELECT pgclonedb.creat_database(%s, %s)",
        COPY,
        TEMPLATE,
    )
    equal(error.diag.statement_position, str(len("SELECT ") + 1))
    contains(error.diag.message_hint, "pgclonedb.create_database")
    contains(error.pgerror, "LINE 1: SELECT pgclonedb.creat_database")


@scenario
def autocommit_off():
    connection = connect()
    created(call(connection, "SELECT pgclonedb.create_database(%s, %s)", COPY, TEMPLATE))
    contains(" ".join(connection.notices), "is not undone by a rollback")
    connection.rollback()
    equal(call(connection, DATABASES_NAMED, COPY), 1)


@scenario
def cancels():
    connection = connect()
    other = connect(autocommit=True)
    clone = InBackground(
        call, connection, "SELECT pgclonedb.create_database(%s, %s)", SLOW_COPY, SLOW_TEMPLATE
    )
    until(lambda: call(other, DATABASES_NAMED, SLOW_COPY) == 1)
    connection.cancel()
    error = clone.error()
    assert isinstance(error, errors.QueryCanceled), error
    equal(error.pgcode, "57014")
    equal(call(other, DATABASES_NAMED, SLOW_COPY), 0)
    connection.rollback()
    contains(call(connection, "SELECT pgclonedb.help()"), "create_database")


@scenario
def times_out():
    connection = connect(options="-c statement_timeout=1s")
    error = error_of(
        errors.QueryCanceled,
        call,
        connection,
        "SELECT pgclonedb.create_database(%s, %s)",
        SLOW_COPY,
        SLOW_TEMPLATE,
    )
    contains(str(error), "statement timeout")


main("psycopg2 " + psycopg2.__version__.split()[0])
