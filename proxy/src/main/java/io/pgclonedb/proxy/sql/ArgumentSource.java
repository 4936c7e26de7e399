package io.pgclonedb.proxy.sql;

import org.jspecify.annotations.Nullable;

/** Where the value of one argument of a {@link PlannedCall} comes from when the call runs. */
public sealed interface ArgumentSource {
    /**
     * The server evaluates it; the value travels in the carrier.
     *
     * @param slot index into {@link CarrierRow#values()}
     */
    record FromCarrier(int slot) implements ArgumentSource {}

    /** A secret that was written as a literal; the rewritten text holds NULL in its place. */
    record Secret(String value) implements ArgumentSource {
        @Override
        public String toString() {
            return "Secret[***]";
        }
    }

    /**
     * A secret bound to {@code $number}: the value must be kept back at Bind and NULL sent on in its place.
     *
     * @param number from 1
     */
    record SecretParameter(int number) implements ArgumentSource {}

    /**
     * A literal argument of a call that reads.
     *
     * @param value {@link String}, {@link Boolean}, {@link Integer} or {@link Long}; timestamps and intervals are text; null
     *     for NULL
     */
    record Constant(@Nullable Object value) implements ArgumentSource {}

    /**
     * A call that reads takes the value bound to {@code $number}.
     *
     * @param number from 1
     */
    record BoundParameter(int number) implements ArgumentSource {}
}
