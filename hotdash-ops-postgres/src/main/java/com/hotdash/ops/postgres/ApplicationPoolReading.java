package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ApplicationPool;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.time.Time;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

/** Reads the figures of a pool that the caller handed in. Borrows nothing from it. */
final class ApplicationPoolReading {
  private final @Nullable HikariDataSource pool;
  private final Time time;

  ApplicationPoolReading(@Nullable HikariDataSource pool, Time time) {
    this.pool = pool;
    this.time = time;
  }

  Reading<ApplicationPool> read() {
    if (pool == null) {
      return unread(Why.NOT_CONFIGURED, "no pool was handed in");
    }
    var figures = pool.getHikariPoolMXBean();
    if (figures == null || pool.isClosed()) {
      return unread(
          Why.TOO_LITTLE_DATA,
          pool.isClosed() ? "the pool is closed" : "nobody has borrowed from it yet");
    }
    var settings = pool.getHikariConfigMXBean();
    var read =
        new ApplicationPool(
            settings.getPoolName(),
            settings.getMaximumPoolSize(),
            figures.getTotalConnections(),
            figures.getActiveConnections(),
            figures.getThreadsAwaitingConnection());
    var value =
        "%d of %d connections borrowed, %d open, %d threads wait"
            .formatted(read.active(), read.max(), read.total(), read.waiting());
    return Reading.of(read, Evidence.of(value, "HikariCP pool " + read.name(), time.now()));
  }

  private static Reading<ApplicationPool> unread(Why why, String detail) {
    var key = DatabaseLook.APPLICATION_POOL;
    return Reading.unread(new NotChecked(key.name(), why, detail, key.remedy()));
  }
}
