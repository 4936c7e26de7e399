#!/usr/bin/env bash
# What it costs to find out whether a text calls pgclonedb: a search of the bytes, which every statement pays, and for the few
# texts in which it finds something a lexer and a planner, whose time has to grow as the text does, not faster.
#
#   it-tests/benchmark/search.sh
#
# Needs nothing but what the build needs, and takes a minute or two. What it measures is processor time of one thread, the best
# of several runs, so that it can be used on a busy machine; small texts may show the compiler at work.
set -euo pipefail
cd "$(dirname "$0")/../.."

# The tests are compiled, not run.
mvn -q -B -ntp -Dquick -DskipTests -Djacoco.skip -pl proxy -am package
exec java -Xms1g -Xmx1g -XX:+UseSerialGC -cp proxy/target/test-classes:proxy/target/pgclonedb.jar \
  io.pgclonedb.proxy.benchmark.SearchBenchmark
