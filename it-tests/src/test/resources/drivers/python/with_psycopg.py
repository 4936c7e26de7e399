"""psycopg 3: values are bound on the server, results come as text or binary."""

import datetime

import psycopg
from psycopg.types import TypeInfo

from application import *

DATABASES_NAMED = "SELECT count(*) FROM pg_database WHERE datname = %s"


def connect(dbname="postgres", **options):
    return psycopg.connect(dbname=dbname, **options)


def call(connection, sql, *values, **options):
    return connection.execute(sql, values, **options).fetchone()[0]


@scenario
def connects():
    with connect(application_name="driver test") as connection:
        assert connection.info.server_version >= 140000
        equal(connection.info.user, ADMIN)
        equal(call(connection, "SHOW application_name"), "driver test")
        equal(call(connection, "SELECT pg_backend_pid()"), connection.info.backend_pid)
        equal(TypeInfo.fetch(connection, "jsonb").name, "jsonb")


def _read(connection, **options):
    call(connection, "SELECT pgclonedb.open_database(%s)", TEMPLATE, **options)
    for _ in range(7):
        contains(call(connection, "SELECT pgclonedb.help()", **options), "create_database")
        contains(call(connection, "SELECT pgclonedb.help(%s)", "drop_database", **options), "[enabled]")
        equal(
            call(
                connection,
                "SELECT value FROM pgclonedb.show_config() WHERE setting = %s",
                "min_free_bytes",
                **options,
            ),
            "0",
        )
        cursor = connection.execute(
            "SELECT id, started_at, arguments, sqlstate"
            " FROM pgclonedb.get_audit_log(max_rows := %s, filter_operation := %s)",
            (1, "open_database"),
            **options,
        )
        number, started, arguments, sqlstate = cursor.fetchone()
        assert isinstance(number, int) and number > 0
        assert isinstance(started, datetime.datetime) and started.tzinfo is not None
        equal(arguments["dbname"], TEMPLATE)
        equal(sqlstate, None)


@scenario
def reads():
    with connect() as connection:
        _read(connection)


@scenario
def reads_binary():
    with connect() as connection:
        _read(connection, binary=True)


@scenario
def reads_prepared():
    with connect() as connection:
        _read(connection, prepare=True)


@scenario
def reads_with_values_put_in_by_the_client():
    with connect(cursor_factory=psycopg.ClientCursor) as connection:
        _read(connection)


def _clone(connection, create="SELECT pgclonedb.create_database(%s, %s)", **options):
    created(call(connection, create, COPY, TEMPLATE, **options))
    with connect(COPY) as copy:
        equal(call(copy, "SELECT count(*) FROM things WHERE id <= %s", 99), 99)


@scenario
def clones():
    with connect(autocommit=True) as connection:
        _clone(connection, "SELECT pgclonedb.create_database(dbname := %s, template := %s::text)")


@scenario
def clones_binary():
    with connect(autocommit=True) as connection:
        _clone(connection, "SELECT * FROM pgclonedb.create_database(%b, %b)", binary=True)


@scenario
def clones_prepared():
    with connect(autocommit=True) as connection:
        _clone(connection, prepare=True)


@scenario
def clones_with_values_put_in_by_the_client():
    with connect(autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        _clone(connection)


@scenario
async def clones_asynchronously():
    connection = await psycopg.AsyncConnection.connect(dbname="postgres", autocommit=True)
    async with connection:
        cursor = await connection.execute("SELECT pgclonedb.create_database(%s, %s)", (COPY, TEMPLATE))
        created((await cursor.fetchone())[0])


@scenario
def clones_in_a_pipeline():
    with connect(autocommit=True) as connection:
        with connection.pipeline():
            first = connection.execute("SELECT %s::text", ("first",))
            clone = connection.execute("SELECT pgclonedb.create_database(%s, %s)", (COPY, TEMPLATE))
            last = connection.execute("SELECT %s::text", ("last",))
        equal(first.fetchone()[0], "first")
        created(clone.fetchone()[0])
        equal(last.fetchone()[0], "last")


@scenario
def recovers_in_a_pipeline():
    with connect(autocommit=True) as connection:
        try:
            with connection.pipeline() as pipeline:
                connection.execute("SELECT pgclonedb.drop_database(%s)", (OTHER_DATABASE,))
                after = connection.execute("SELECT pgclonedb.open_database(%s)", (TEMPLATE,))
                pipeline.sync()
            raise AssertionError("no error")
        except psycopg.errors.InsufficientPrivilege as error:
            contains(error.diag.message_hint, "In scope are")
        error_of(psycopg.Error, after.fetchone)
        contains(call(connection, "SELECT pgclonedb.open_database(%s)", TEMPLATE), "opened")


@scenario
def runs_one_statement_for_many_values():
    with connect(autocommit=True) as connection:
        cursor = connection.cursor()
        cursor.executemany(
            "SELECT pgclonedb.create_database(%s, %s)",
            [(COPY, TEMPLATE), (COPY + "_2", TEMPLATE)],
            returning=True,
        )
        created(cursor.fetchone()[0])
        assert cursor.nextset()
        contains(cursor.fetchone()[0], f'"{COPY}_2" created')


@scenario
def reads_and_acts_through_a_named_cursor():
    with connect() as connection, connection.cursor(name="some") as cursor:
        cursor.execute("SELECT setting FROM pgclonedb.show_config() WHERE setting <> %s", ("min_free_bytes",))
        cursor.itersize = 2
        assert len(list(cursor)) > 10
        cursor.execute(
            "SELECT name, pgclonedb.open_database(name) FROM unnest(%s::text[]) AS name", ([TEMPLATE, SLOW_TEMPLATE],)
        )
        contains(cursor.fetchone()[1], TEMPLATE, "opened")
        contains(cursor.fetchall()[0][1], SLOW_TEMPLATE, "opened")


@scenario
def copies_out():
    with connect() as connection:
        with connection.cursor().copy("COPY (SELECT setting, value FROM pgclonedb.show_config()) TO STDOUT") as copy:
            assert ("min_free_bytes", "0") in list(copy.rows())
        connection.execute("CREATE TEMP TABLE settings AS SELECT * FROM pgclonedb.show_config()")
        assert call(connection, "SELECT count(*) FROM settings") > 10


@scenario
def recovers_in_a_transaction():
    with connect() as connection:
        error = error_of(
            psycopg.errors.InsufficientPrivilege,
            call,
            connection,
            "SELECT pgclonedb.drop_database(%s)",
            OTHER_DATABASE,
        )
        equal(error.sqlstate, "42501")
        equal(error.diag.severity, "ERROR")
        contains(error.diag.message_primary, OTHER_DATABASE, "is out of scope for role")
        contains(error.diag.message_hint, "In scope are")
        equal(connection.info.transaction_status, psycopg.pq.TransactionStatus.INERROR)
        error_of(
            psycopg.errors.InFailedSqlTransaction,
            call,
            connection,
            "SELECT pgclonedb.open_database(%s)",
            TEMPLATE,
        )
        connection.rollback()

        connection.execute("CREATE TEMP TABLE kept AS SELECT 1 AS one")
        try:
            with connection.transaction():
                call(connection, "SELECT pgclonedb.drop_database(%s)", OTHER_DATABASE)
        except psycopg.errors.InsufficientPrivilege:
            pass
        equal(connection.info.transaction_status, psycopg.pq.TransactionStatus.INTRANS)
        contains(call(connection, "SELECT pgclonedb.open_database(%s)", TEMPLATE), "opened")
        connection.commit()
        equal(call(connection, "SELECT one FROM kept"), 1)


@scenario
def reports_errors():
    with connect(autocommit=True) as connection:
        sql = "SELECT pgclonedb.creat_database(%s, %s)"
        error = error_of(psycopg.errors.UndefinedFunction, call, connection, sql, COPY, TEMPLATE)
        equal(error.diag.statement_position, str(sql.index("pgclonedb") + 1))
        contains(error.diag.message_hint, "pgclonedb.create_database")
        error = error_of(
            psycopg.errors.InsufficientPrivilege, call, connection, "SELECT pgclonedb.drop_role(%s)", "x"
        )
        contains(error.diag.message_primary, "currently disabled")


@scenario
def autocommit_off():
    with connect() as connection:
        notices = []
        connection.add_notice_handler(lambda diagnostic: notices.append(diagnostic.message_primary))
        created(call(connection, "SELECT pgclonedb.create_database(%s, %s)", COPY, TEMPLATE))
        contains(" ".join(notices), "is not undone by a rollback")
        connection.rollback()
        equal(call(connection, DATABASES_NAMED, COPY), 1)


@scenario
def cancels():
    with connect() as connection, connect(autocommit=True) as other:
        clone = InBackground(
            call, connection, "SELECT pgclonedb.create_database(%s, %s)", SLOW_COPY, SLOW_TEMPLATE
        )
        until(lambda: call(other, DATABASES_NAMED, SLOW_COPY) == 1)
        connection.cancel()
        error = clone.error()
        assert isinstance(error, psycopg.errors.QueryCanceled), error
        equal(error.sqlstate, "57014")
        equal(call(other, DATABASES_NAMED, SLOW_COPY), 0)
        connection.rollback()
        contains(call(connection, "SELECT pgclonedb.help()"), "create_database")


@scenario
def times_out():
    with connect(options="-c statement_timeout=1s") as connection:
        error = error_of(
            psycopg.errors.QueryCanceled,
            call,
            connection,
            "SELECT pgclonedb.create_database(%s, %s)",
            SLOW_COPY,
            SLOW_TEMPLATE,
        )
        contains(str(error), "statement timeout")


main("psycopg " + psycopg.__version__)
