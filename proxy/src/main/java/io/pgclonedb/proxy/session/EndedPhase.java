package io.pgclonedb.proxy.session;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.proxy.error.PgException;

/** Nothing is passed on any more; the sockets close when what was written has left. */
enum EndedPhase implements Phase {
    INSTANCE;

    @Override
    public void clientBytes(ByteBuf in) {
        in.release();
    }

    @Override
    public void endWhenIdle(PgException farewell) {}
}
