package io.pgclonedb.proxy.operation;

import io.pgclonedb.policy.Arguments;
import io.pgclonedb.policy.Caller;
import io.pgclonedb.proxy.control.Settings;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A call that the policy has allowed.
 *
 * @param caller as the catalogs had it when the policy judged
 * @param settings as they were then
 * @param notices where to tell the caller something before the answer
 */
record OperationCall(
        CallContext context,
        Caller caller,
        Arguments arguments,
        Settings settings,
        Consumer<CallNotice> notices,
        Cancellation cancellation) {

    /** The value of a text parameter that the policy does not let be NULL. */
    String text(String parameter) {
        return Objects.requireNonNull(arguments.text(parameter), parameter);
    }

    /** The value of a text parameter; null when it is NULL or was not given. */
    @Nullable
    String optionalText(String parameter) {
        return arguments.text(parameter);
    }

    /** The names of the functions that the settings enable. */
    Set<String> enabled() {
        return enabled(settings);
    }

    /** The names of the functions that these settings enable. */
    static Set<String> enabled(Settings settings) {
        return settings.functions().entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A NOTICE for the caller. */
    void notice(String message) {
        notices.accept(new CallNotice("NOTICE", "00000", message, null, null));
    }
}
