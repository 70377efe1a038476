package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.time.Time;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the server over one connection of its own, opened before anything breaks: it judges
 * nothing, and what it sees is what the runbook's word is held against.
 */
final class Sampler implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(150);
  // Half an hour of samples; a game day takes less than a minute.
  private static final int MOST = 12_000;
  private static final String LOOK =
      """
      select greatest(0,
          (select sum(case name when 'max_connections' then setting::int else -setting::int end)
             from pg_settings
            where name in ('max_connections', 'superuser_reserved_connections',
                           'reserved_connections'))
          - (select count(*) from pg_stat_activity where backend_type = 'client backend')),
        (select count(distinct pid) from pg_locks where not granted)
      """;

  private final Time time;
  private final Connection connection;
  private final Consumer<Sample> listener;
  private final Thread thread;
  private final List<Sample> samples = new ArrayList<>();
  private volatile boolean closed;
  private @Nullable String failure;

  private Sampler(Time time, Connection connection, Consumer<Sample> listener) {
    this.time = time;
    this.connection = connection;
    this.listener = listener;
    this.thread = new Thread(this::run, "game-day-sampler");
    thread.setDaemon(true);
  }

  static Sampler start(Time time, PgServer server, Consumer<Sample> listener) throws SQLException {
    var sampler = new Sampler(time, Link.superuser(server), listener);
    sampler.thread.start();
    return sampler;
  }

  /** Returns the samples since a moment. */
  synchronized List<Sample> since(Instant from) {
    return samples.stream().filter(sample -> !sample.at().isBefore(from)).toList();
  }

  /** Returns why it stopped watching, if it did. */
  synchronized Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  private void run() {
    try (var look = connection.prepareStatement(LOOK)) {
      do {
        var sample = look(look);
        synchronized (this) {
          if (samples.size() < MOST) {
            samples.add(sample);
          }
        }
        listener.accept(sample);
      } while (!closed && time.await(EVERY));
    } catch (SQLException e) {
      synchronized (this) {
        failure = closed ? null : "the sampler stopped: " + e.getMessage();
      }
    }
  }

  private Sample look(PreparedStatement look) throws SQLException {
    try (var row = look.executeQuery()) {
      row.next();
      return new Sample(time.now(), row.getInt(1), row.getInt(2));
    }
  }

  @Override
  public void close() throws SQLException {
    closed = true;
    connection.abort(Runnable::run);
    thread.interrupt();
  }
}
