package com.hotdash.ops.logs;

import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What a reader was set up with. */
record Settings(
    Time time,
    LogRedaction redaction,
    Masks masks,
    int maxGroups,
    long floorMicros,
    long maxBytes,
    long maxLines,
    Duration limit,
    @Nullable Executor executor,
    int parallelism,
    boolean shortcuts) {}
