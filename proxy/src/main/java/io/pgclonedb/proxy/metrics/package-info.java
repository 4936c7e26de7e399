/**
 * Counts what the proxy does, under the metric names that operators' scripts rely on. In: events from sessions and calls.
 * Out: one text in Prometheus' exposition format. Must not know databases, roles or SQL: no such name is ever a label.
 */
@NullMarked
package io.pgclonedb.proxy.metrics;

import org.jspecify.annotations.NullMarked;
