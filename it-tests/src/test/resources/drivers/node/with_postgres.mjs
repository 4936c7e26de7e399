// postgres.js: named prepared statements, many of them in flight on one connection.

import assert from 'node:assert/strict';
import postgres from 'postgres';
import {
  ADMIN, COPY, OTHER_DATABASE, SLOW_COPY, SLOW_TEMPLATE, TEMPLATE, errorOf, main, scenario, until,
} from './application.mjs';

async function connected(work, options = {}) {
  const sql = postgres({ max: 1, onnotice: () => {}, ...options });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

const databases = async (sql, name) =>
  (await sql`SELECT count(*)::integer AS count FROM pg_database WHERE datname = ${name}`)[0].count;

const create = (sql, name = COPY, template = TEMPLATE) => sql`SELECT pgclonedb.create_database(${name}, ${template})`;

scenario('connects', () =>
  connected(
    async (sql) => {
      const [row] = await sql`SELECT current_user::text AS name, current_setting('application_name') AS application`;
      assert.deepEqual({ ...row }, { name: ADMIN, application: 'driver test' });
      assert.equal(sql.parameters.application_name, 'driver test');
      assert.deepEqual((await sql`SELECT ARRAY[1, 2] AS list`)[0].list, [1, 2]);
    },
    { connection: { application_name: 'driver test' } },
  ));

async function read(sql) {
  await sql`SELECT pgclonedb.open_database(${TEMPLATE})`;
  for (let run = 0; run < 3; run++) {
    assert.match((await sql`SELECT pgclonedb.help()`)[0].help, /create_database/);
    assert.match((await sql`SELECT pgclonedb.help(${'drop_database'})`)[0].help, /\[enabled\]/);
    const [setting] = await sql`SELECT value FROM pgclonedb.show_config() WHERE setting = ${'min_free_bytes'}`;
    assert.equal(setting.value, '0');
    const [row] = await sql`
      SELECT * FROM pgclonedb.get_audit_log(max_rows := ${1}, filter_operation := ${'open_database'})`;
    assert.ok(row.started_at instanceof Date);
    assert.equal(row.arguments.dbname, TEMPLATE);
    assert.equal(row.sqlstate, null);
  }
}

scenario('reads', () => connected(read));

scenario('reads_unprepared', () => connected(read, { prepare: false }));

scenario('reads_described', () =>
  connected(async (sql) => {
    const { types, columns } = await sql`SELECT pgclonedb.help(${'drop_database'})`.describe();
    assert.deepEqual(types, [25]);
    assert.deepEqual(columns.map(({ name, type }) => ({ name, type })), [{ name: 'help', type: 25 }]);
  }));

scenario('clones', () =>
  connected(async (sql) => {
    const [{ create_database: created }] = await sql`
      SELECT pgclonedb.create_database(dbname := ${COPY}, template := ${TEMPLATE})`;
    assert.ok(created.startsWith(`database "${COPY}" created from "${TEMPLATE}"`), created);
    await connected(
      async (copy) => assert.equal((await copy`SELECT count(*)::integer FROM things WHERE id <= ${99}`)[0].count, 99),
      { database: COPY },
    );
  }));

scenario('clones_unprepared', () =>
  connected(async (sql) => assert.match((await create(sql))[0].create_database, /created from/), { prepare: false }));

scenario('clones_by_a_simple_query', () =>
  connected(async (sql) => {
    const rows = await sql.unsafe(`SELECT pgclonedb.create_database('${COPY}', '${TEMPLATE}')`).simple();
    assert.match(rows[0].create_database, /created from/);
  }));

scenario('describes_without_cloning', () =>
  connected(async (sql) => {
    const { types, columns } = await create(sql).describe();
    assert.deepEqual(types, [25, 25]);
    assert.equal(columns[0].name, 'create_database');
    assert.equal(await databases(sql, COPY), 0);
  }));

scenario('answers_a_pipeline_in_order', () =>
  connected(async (sql) => {
    const answers = await Promise.all([
      sql`SELECT ${'first'}::text AS answer`,
      sql`SELECT pgclonedb.open_database(${TEMPLATE}) AS answer`,
      errorOf(sql`SELECT pgclonedb.drop_database(${OTHER_DATABASE}) AS answer`),
      sql`SELECT pgclonedb.close_database(${TEMPLATE}) AS answer`,
      sql`SELECT ${'last'}::text AS answer`,
    ]);
    assert.equal(answers[0][0].answer, 'first');
    assert.match(answers[1][0].answer, /opened/);
    assert.equal(answers[2].code, '42501');
    assert.match(answers[3][0].answer, /closed/);
    assert.equal(answers[4][0].answer, 'last');
  }));

scenario('acts_row_by_row_through_a_cursor', () =>
  connected(async (sql) => {
    const open = [];
    const names = [TEMPLATE, SLOW_TEMPLATE];
    await sql`SELECT name, pgclonedb.open_database(name) FROM unnest(${names}::text[]) AS name`.cursor(1, async ([row]) => {
      assert.match(row.open_database, /opened/);
      open.push(await connected(
        async (other) => (await other`
          SELECT count(*)::integer FROM pg_database WHERE datname IN (${TEMPLATE}, ${SLOW_TEMPLATE}) AND datallowconn`)[0].count,
      ));
    });
    assert.deepEqual(open, [1, 2]);
  }));

scenario('sends_several_statements_as_one', () =>
  connected(async (sql) => {
    const results = await sql.unsafe(`
      SELECT 1 AS one; SELECT pgclonedb.create_database('${COPY}', '${TEMPLATE}'); SELECT 2 AS two`).simple();
    assert.equal(results.length, 3);
    assert.match(results[1][0].create_database, /created from/);
    assert.equal(results[2][0].two, 2);
  }));

scenario('copies_out', () =>
  connected(async (sql) => {
    let copied = '';
    for await (const chunk of await sql`COPY (SELECT setting, value FROM pgclonedb.show_config()) TO STDOUT`.readable()) {
      copied += chunk;
    }
    assert.match(copied, /^min_free_bytes\t0$/m);
  }));

scenario('recovers_in_a_transaction', () =>
  connected(async (sql) => {
    const refusal = await errorOf(sql.begin(async (transaction) => {
      const error = await errorOf(transaction`SELECT pgclonedb.drop_database(${OTHER_DATABASE})`);
      assert.equal((await errorOf(transaction`SELECT pgclonedb.open_database(${TEMPLATE})`)).code, '25P02');
      throw error;
    }));
    assert.ok(refusal instanceof postgres.PostgresError);
    assert.equal(refusal.code, '42501');
    assert.equal(refusal.severity, 'ERROR');
    assert.match(refusal.message, /is out of scope for role/);
    assert.match(refusal.hint, /In scope are/);

    await sql.begin(async (transaction) => {
      await transaction`CREATE TEMP TABLE kept AS SELECT 1 AS one`;
      const error = await errorOf(
        transaction.savepoint((inner) => inner`SELECT pgclonedb.drop_database(${OTHER_DATABASE})`));
      assert.equal(error.code, '42501');
      assert.match((await transaction`SELECT pgclonedb.open_database(${TEMPLATE}) AS answer`)[0].answer, /opened/);
    });
    assert.equal((await sql`SELECT one FROM kept`)[0].one, 1);
  }));

scenario('reports_errors', () =>
  connected(async (sql) => {
    const error = await errorOf(sql`SELECT pgclonedb.creat_database(${COPY}, ${TEMPLATE})`);
    assert.equal(error.code, '42883');
    assert.equal(error.position, String('SELECT '.length + 1));
    assert.match(error.hint, /pgclonedb\.create_database/);
  }));

scenario('autocommit_off', async () => {
  const notices = [];
  await connected(
    async (sql) => {
      const undone = new Error('undo');
      assert.equal(await errorOf(sql.begin(async (transaction) => {
        await create(transaction);
        throw undone;
      })), undone);
      assert.match(notices.join(), /is not undone by a rollback/);
      assert.equal(await databases(sql, COPY), 1);
    },
    { onnotice: (notice) => notices.push(notice.message) },
  );
});

scenario('cancels', () =>
  connected((sql) => connected(async (other) => {
    const clone = create(sql, SLOW_COPY, SLOW_TEMPLATE).execute();
    const error = errorOf(clone);
    await until(async () => (await databases(other, SLOW_COPY)) === 1);
    clone.cancel();
    assert.equal((await error).code, '57014');
    assert.equal(await databases(other, SLOW_COPY), 0);
    assert.match((await sql`SELECT pgclonedb.help()`)[0].help, /create_database/);
  })));

scenario('times_out', () =>
  connected(
    async (sql) => {
      const error = await errorOf(create(sql, SLOW_COPY, SLOW_TEMPLATE));
      assert.equal(error.code, '57014');
      assert.match(error.message, /statement timeout/);
    },
    { connection: { statement_timeout: 1000 } },
  ));

await main('postgres');
