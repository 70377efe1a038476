package com.hotdash.ops.platform;

import com.hotdash.ops.metrics.Buckets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long answers took as the platform saw it. The edge counts queueing, starts of sleeping
 * machines and its own way; the machines' side counts the application alone.
 *
 * @param window the time over which answers were counted
 * @param edge seconds at the edge
 * @param machines seconds at the machines, or {@code null} if the platform does not tell
 */
public record AnswerTimes(Duration window, Buckets edge, @Nullable Buckets machines) {}
