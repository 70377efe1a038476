package com.hotdash.ops.benchmarks;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.metrics.Exposition;
import com.hotdash.ops.metrics.MetricsReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How many megabytes a second the reader of metrics text takes, on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgs = "-Xmx256m")
public class MetricsTextBenchmark {
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final List<String> BOUNDS =
      List.of("0.1", "0.3", "0.5", "0.7", "1", "3", "5", "7", "10", "+Inf");

  private byte[] body = new byte[0];

  /** Counts what was read; JMH reports it for each second. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Megabytes {
    /** Megabytes, of a million bytes each, that were read. */
    public double megabytes;

    /** Made by JMH. */
    public Megabytes() {}

    /** Begins at zero. */
    @Setup(Level.Iteration)
    public void reset() {
      megabytes = 0;
    }
  }

  /** Made by JMH. */
  public MetricsTextBenchmark() {}

  /** Writes what a HotDash process with 400 routes exports, about 2 MB. */
  @Setup
  public void write() {
    var text = new StringBuilder();
    var random = new Random(1);
    text.append("# HELP http_request_duration_seconds Time of requests in seconds\n");
    text.append("# TYPE http_request_duration_seconds histogram\n");
    for (int route = 0; route < 400; route++) {
      for (var status : List.of("200", "404", "500")) {
        var labels =
            "method=\"%s\",route=\"%s\",status_code=\"%s\""
                .formatted(route % 3 == 0 ? "POST" : "GET", route(route), status);
        int count = 0;
        for (var bound : BOUNDS) {
          count += random.nextInt(1000);
          text.append("http_request_duration_seconds_bucket{le=\"%s\",".formatted(bound));
          text.append(labels).append("} ").append(count).append('\n');
        }
        text.append("http_request_duration_seconds_sum{").append(labels).append("} ");
        text.append(random.nextDouble() * count).append('\n');
        text.append("http_request_duration_seconds_count{").append(labels).append("} ");
        text.append(count).append('\n');
      }
    }
    text.append("\n# HELP http_requests_total Requests\n# TYPE http_requests_total counter\n");
    for (int route = 0; route < 400; route++) {
      text.append("http_requests_total{method=\"GET\",route=\"").append(route(route));
      text.append("\",status_code=\"200\"} ").append(random.nextInt(1 << 20)).append('\n');
    }
    text.append("\n# TYPE nodejs_eventloop_lag_p99_seconds gauge\n");
    text.append("nodejs_eventloop_lag_p99_seconds 5.0298879e-02\n");
    text.append("nodejs_gc_quantile Nan\nprocess_resident_memory_bytes 1.2e+08\n");
    body = text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String route(int n) {
    return switch (n % 4) {
      case 0 -> "/app/orders/{id}/items/" + n;
      case 1 -> "/api/tiles/" + n + "/load";
      case 2 -> "/search/\\\"" + n + "\\\"/a\\\\b";
      default -> "/app/settings/section-" + n;
    };
  }

  /**
   * Reads all families.
   *
   * @param count counts megabytes
   * @return what was read
   */
  @Benchmark
  public Reading<Exposition> everything(Megabytes count) {
    return read(MetricsReader.standard(), count);
  }

  /**
   * Reads one small family and passes over the rest.
   *
   * @param count counts megabytes
   * @return what was read
   */
  @Benchmark
  public Reading<Exposition> oneFamily(Megabytes count) {
    return read(MetricsReader.standard().only(List.of("http_requests_total")), count);
  }

  private Reading<Exposition> read(MetricsReader reader, Megabytes count) {
    count.megabytes += body.length / 1e6;
    return reader.read(new ByteArrayInputStream(body), TYPE, "benchmark", Instant.EPOCH);
  }
}
