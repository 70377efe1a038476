package com.hotdash.ops.fly;

import com.hotdash.ops.fly.MetricAnswer.Outcome;
import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The metrics that Fly keeps of an app, for about 15 days. Thread-safe. Rights needed: a read-only
 * organisation token; a deploy token may be refused.
 */
public final class FlyMetrics {
  private static final int MOST_POINTS = 1_000;

  private final AppCalls calls;
  private final @Nullable String org;

  FlyMetrics(AppCalls calls, @Nullable String org) {
    this.calls = calls;
    this.org = org;
  }

  /**
   * Asks about now.
   *
   * @param promql a query; MetricsQL is understood too
   * @return value, zero or no data
   * @throws FlyRefusedException if the query is wrong
   */
  public MetricAnswer query(String promql) {
    return query(promql, "", calls.limit(AppCalls.READ));
  }

  /**
   * Asks one of the ready questions about now.
   *
   * @param question the question
   * @return value, zero or no data
   */
  public MetricAnswer ask(FlyQuestion question) {
    return ask(question, question.defaultWindow());
  }

  /**
   * Asks one of the ready questions about now.
   *
   * @param question the question
   * @param window the span to look back over, at least a minute: Fly measures every 15 s
   * @return value, zero or no data
   * @throws IllegalArgumentException if {@code window} is under a minute
   */
  public MetricAnswer ask(FlyQuestion question, Duration window) {
    if (window.toSeconds() < 60) {
      throw new IllegalArgumentException("a window is at least a minute, not " + window);
    }
    var limit = calls.limit(AppCalls.READ);
    var answer = query(question.promql(calls.app(), window), question.unit(), limit);
    if (question != FlyQuestion.ERROR_RATIO || answer.outcome() != Outcome.NO_DATA) {
      return answer;
    }
    // Without a single 5xx there is no such series: zero, if there were requests at all.
    var requests = query(FlyQuestion.REQUESTS.promql(calls.app(), window), "", limit);
    return requests.outcome() == Outcome.VALUE ? answer.asZero() : answer;
  }

  /**
   * Asks about a span.
   *
   * @param promql a query
   * @param since its beginning
   * @param until its end
   * @param step between points; at most 1,000 points
   * @return the series
   * @throws IllegalArgumentException if the span is empty, or has too many points
   */
  public MetricAnswer range(String promql, Instant since, Instant until, Duration step) {
    if (!since.isBefore(until)
        || step.toSeconds() < 1
        || Duration.between(since, until).dividedBy(step) > MOST_POINTS) {
      throw new IllegalArgumentException(
          "a span has 1 to " + MOST_POINTS + " steps of at least a second");
    }
    return range(promql, since, until, step, calls.limit(AppCalls.READ));
  }

  MetricAnswer range(String promql, Instant since, Instant until, Duration step, Deadline limit) {
    var request =
        request("metrics.range", "query_range", promql, limit)
            .param("start", Long.toString(since.getEpochSecond()))
            .param("end", Long.toString(until.getEpochSecond()))
            .param("step", step.toSeconds() + "s");
    return answer("metrics.range", request, promql, "", limit);
  }

  MetricAnswer query(String promql, String unit, Deadline limit) {
    var request = request("metrics.query", "query", promql, limit);
    return answer("metrics.query", request, promql, unit, limit);
  }

  private HttpRequest.Builder request(
      String operation, String path, String promql, Deadline limit) {
    return HttpRequest.get(operation, org(limit), "api", "v1", path).param("query", promql);
  }

  private MetricAnswer answer(
      String operation, HttpRequest.Builder request, String promql, String unit, Deadline limit) {
    var call = new FlyCall(FlyService.PROMETHEUS, operation, calls.app(), request.build());
    var answer = calls.api().object(call, limit);
    if (!answer.text("status", "").equals("success")) {
      throw new FlyProtocolException(
          FlyApi.fault(call, "was answered without success: " + answer.text("error", "no text")),
          200,
          answer.text("error", ""),
          null);
    }
    return MetricAnswer.from(promql, unit, answer.object("data"));
  }

  private String org(Deadline limit) {
    return org != null ? org : calls.shared().org(calls, limit);
  }
}
