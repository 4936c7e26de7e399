package io.pgclonedb.proxy.operation;

import io.pgclonedb.policy.FunctionCatalog;
import io.pgclonedb.policy.HelpText;
import org.jspecify.annotations.Nullable;

/** {@code help}: all functions, or one of them in full. */
final class Help implements Operation.Reading {
    @Override
    public String read(OperationCall call) {
        @Nullable String name = call.optionalText("function_name");
        if (name == null) {
            return HelpText.all(call.caller(), call.enabled());
        }
        return FunctionCatalog.find(name)
                .map(function -> HelpText.of(function, call.caller(), call.enabled()))
                .orElseThrow(() -> new IllegalStateException("the policy let a function through that does not exist"));
    }
}
