// What every script knows of the application it works for, and how it is run: SCRIPT SCENARIO.
//
// The names come from the environment. A scenario that fails ends the script with a stack trace and a status other than 0; one
// that succeeds prints one line of JSON that says what was run with which client.

import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

export const ADMIN = process.env.PGUSER;
export const TEMPLATE = process.env.APP_TEMPLATE;
export const COPY = process.env.APP_COPY;
export const SLOW_TEMPLATE = process.env.APP_SLOW_TEMPLATE;
export const SLOW_COPY = process.env.APP_SLOW_COPY;
export const OTHER_DATABASE = process.env.OTHER_DATABASE;

export const DATABASES_NAMED = 'SELECT count(*)::integer AS count FROM pg_database WHERE datname = $1';

const LIMIT = 30_000;

const scenarios = new Map();

export function scenario(name, run) {
  scenarios.set(name, run);
}

export async function main(module) {
  const name = process.argv[2];
  await scenarios.get(name)();
  const description = new URL(`node_modules/${module}/package.json`, import.meta.url);
  const { version } = JSON.parse(readFileSync(description));
  console.log(JSON.stringify({ client: `${module} ${version}`, scenario: name }));
}

/** The error that the promise is rejected with. */
export async function errorOf(promise) {
  let answer;
  try {
    answer = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`no error, but ${JSON.stringify(answer)}`);
}

/** Waits for what somebody else is about to do. */
export async function until(condition) {
  const deadline = Date.now() + LIMIT;
  while (!(await condition())) {
    if (Date.now() > deadline) {
      throw new Error('it does not happen');
    }
    await setTimeout(20);
  }
}
