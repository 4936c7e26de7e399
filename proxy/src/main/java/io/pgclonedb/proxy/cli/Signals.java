package io.pgclonedb.proxy.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Signals of the operating system. A shutdown hook would not do: it cannot choose the exit code and hears no second signal.
 * The JDK's only other way is {@code sun.misc.Signal}, which is called by reflection since the compiler warns of it.
 */
final class Signals {
    private Signals() {}

    /**
     * Has a signal answered by {@code action}, on a thread of the JVM's own; it must return at once. Where the platform does
     * not know the signal, nothing changes.
     *
     * @param name without SIG: {@code TERM}
     */
    static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object answer = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            Object named = signal.getConstructor(String.class).newInstance(name);
            signal.getMethod("handle", signal, handler).invoke(null, named, answer);
        } catch (InvocationTargetException unknownSignal) {
            // IllegalArgumentException: this platform has no such signal, or the JVM was told to leave it alone.
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException("this JDK has no module jdk.unsupported", failure);
        }
    }
}
