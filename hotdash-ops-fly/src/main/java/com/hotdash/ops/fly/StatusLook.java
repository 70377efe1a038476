package com.hotdash.ops.fly;

import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.http.HttpProtocolException;
import com.hotdash.ops.http.HttpUnreachableException;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at several things side by side; what fails costs its own part. */
final class StatusLook {
  static final Duration LIMIT = Duration.ofSeconds(12);
  private static final int RELEASES = 25;
  // What a call needs to end once its own deadline has come.
  private static final Duration GRACE = Duration.ofMillis(150);

  private final AppCalls calls;
  private final FlyThreads threads;

  StatusLook(AppCalls calls, FlyThreads threads) {
    this.calls = calls;
    this.threads = threads;
  }

  FlyStatus look() {
    var at = calls.time().now();
    var limit = calls.limit(LIMIT);
    // One grace for all: what hangs is not waited for part by part.
    var end = calls.time().deadline(limit.remaining().plus(GRACE));
    var app = start("the app", () -> AppInfo.read(calls, limit));
    var machines = start("its machines", () -> new FlyMachines(calls).list(Map.of(), limit));
    var releases = start("its releases", () -> FlyReleases.list(calls, RELEASES, limit));
    var secrets =
        start("its secrets", () -> new FlySecrets(calls, new Fleet(calls, null)).names(limit));
    var issues = start("trouble of its hosts", () -> HostIssue.of(calls, limit));
    var incidents = start("Fly's incidents", () -> FlyIncident.open(calls.api(), limit));
    return new FlyStatus(
        calls.app(),
        at,
        app.end(end, AppInfo::status),
        machines.end(end, list -> count(list, "machines")),
        releases.end(end, list -> count(list, "releases")),
        secrets.end(end, list -> count(list, "secrets")),
        issues.end(end, list -> count(list, "host issues")),
        incidents.end(end, list -> count(list, "open incidents")));
  }

  private static String count(List<?> list, String what) {
    return list.size() + " " + what;
  }

  private <T> Part<T> start(String what, Supplier<T> look) {
    try {
      return new Part<>(what, threads.start(look::get), null);
    } catch (RejectedExecutionException e) {
      var refused =
          threads.closed()
              ? new NotChecked(what, Why.CANCELLED, "the client is closed", "make a new one")
              : new NotChecked(
                  what,
                  Why.TIMED_OUT,
                  "other looks hang, and all threads wait for them",
                  "wait " + LIMIT.toSeconds() + " s: each look ends by then");
      return new Part<>(what, null, refused);
    }
  }

  private final class Part<T> {
    private final String what;
    private final @Nullable Future<T> work;
    private final @Nullable NotChecked refused;

    Part(String what, @Nullable Future<T> work, @Nullable NotChecked refused) {
      this.what = what;
      this.work = work;
      this.refused = refused;
    }

    Reading<T> end(Deadline end, Function<T, String> told) {
      if (work == null || refused != null) {
        return Reading.unread(
            refused == null ? new NotChecked(what, Why.CANCELLED, "not begun", "-") : refused);
      }
      try {
        var value = work.get(end.remaining().toNanos(), TimeUnit.NANOSECONDS);
        return Reading.of(
            value, Evidence.of(told.apply(value), "Fly, app " + calls.app(), calls.time().now()));
      } catch (TimeoutException e) {
        work.cancel(true);
        return unread(Why.TIMED_OUT, "no answer before the deadline", "give it more time");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        work.cancel(true);
        return unread(Why.CANCELLED, "interrupted", "ask again");
      } catch (CancellationException e) {
        return unread(Why.CANCELLED, "the client was closed", "make a new one");
      } catch (ExecutionException e) {
        if (e.getCause() instanceof OpsException failure) {
          return Reading.unread(obstacle(what, failure));
        }
        throw new IllegalStateException(what + " could not be read", e.getCause());
      }
    }

    private Reading<T> unread(Why why, String detail, String remedy) {
      return Reading.unread(new NotChecked(what, why, detail, remedy));
    }
  }

  static NotChecked obstacle(String what, OpsException failure) {
    return new NotChecked(
        what, why(failure), failure.problem(), failure.nextStep().orElse("try again"));
  }

  private static Why why(OpsException failure) {
    if (failure instanceof FlyAuthException) {
      return Why.NOT_PERMITTED;
    }
    // Fly answers 404 also to whoever may not see it; to call it not configured would excuse it.
    if (failure instanceof FlyNotFoundException) {
      return Why.NOT_PERMITTED;
    }
    if (failure instanceof FlyProtocolException || failure instanceof HttpProtocolException) {
      return Why.NOT_UNDERSTOOD;
    }
    if (failure instanceof InterruptedOpsException) {
      return Why.CANCELLED;
    }
    return failure instanceof HttpUnreachableException unreachable
            && unreachable.kind() == HttpUnreachableException.Kind.TIMED_OUT
        ? Why.TIMED_OUT
        : Why.UNREACHABLE;
  }
}
