package io.pgclonedb.proxy.session;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** How a socket is closed. */
final class Closing {
    private static final int LINGER_SECONDS = 30;

    private Closing() {}

    /** Closes it when what was written has left, or the other side has not taken it for half a minute. */
    static void afterFlush(Channel channel) {
        if (!channel.isActive()) {
            channel.close();
            return;
        }
        channel.config().setAutoRead(true);
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        ScheduledFuture<?> linger =
                channel.eventLoop().schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> linger.cancel(false));
    }
}
