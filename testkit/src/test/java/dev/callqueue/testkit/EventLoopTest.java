package dev.callqueue.testkit;

import dev.callqueue.CallQueue;

// @start region=adapter
class EventLoopTest extends CallTargetContract {
    @Override
    protected TargetUnderTest targetUnderTest() {
        return TargetUnderTest.of("event loop", threads -> {
            var loop = new EventLoop(); // one for each test
            threads.start("event loop", loop::run);
            threads.atEnd(loop::leave);
            return CallQueue.on(loop, loop::isInLoop);
        });
    }
}
// @end region=adapter
