package io.pgclonedb.proxy.operation;

import io.pgclonedb.policy.Arguments;
import io.pgclonedb.policy.Function;

/** One call, its arguments evaluated; {@link Arguments} masks secrets in its {@code toString}. */
public record CallRequest(CallContext context, Function function, Arguments arguments) {}
