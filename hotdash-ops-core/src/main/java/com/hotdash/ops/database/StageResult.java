package com.hotdash.ops.database;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One stage of a connection.
 *
 * @param stage which
 * @param took how long it took, also when it failed
 * @param failure why it failed, or {@code null} if it went well
 */
public record StageResult(Stage stage, Duration took, @Nullable ConnectFailure failure) {}
