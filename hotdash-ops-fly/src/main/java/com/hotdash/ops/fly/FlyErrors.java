package com.hotdash.ops.fly;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.fly.FlyCapacityException.Scope;
import com.hotdash.ops.http.HttpProtocolException;
import com.hotdash.ops.http.HttpStatusException;
import com.hotdash.ops.secret.Redactor;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes of a refused call the exception that says what to do about it. */
final class FlyErrors {
  private static final Pattern LEASE =
      Pattern.compile("lease (?:is )?currently held by (\\S{1,200}?),? expires at (.{1,60})");
  private static final Pattern TAKEN =
      Pattern.compile("already_exists|already been taken|uniqueness constraint");
  private static final Pattern HOST =
      Pattern.compile("could not reserve resource|insufficient (?:memory|cpu|resources)");

  // Fly answers so for what is not there and for what a token may not see.
  private static final String NOT_FOUND =
      "compare FLY_APP with `fly apps list`; if the name is right, FLY_API_TOKEN may not see it:"
          + " take a token of its organisation";

  private FlyErrors() {}

  static OpsException of(HttpStatusException refused, Redactor redactor) {
    var body = body(refused);
    var plain = refused.answer().text();
    var raw = body.map().isEmpty() ? plain : body.text("error", body.text("message", plain));
    var text = Texts.line(redactor.redact(raw));
    return of(refused, body.text("status", ""), text, redactor);
  }

  private static Fields body(HttpStatusException refused) {
    try {
      return Fields.of(refused.answer().jsonObject());
    } catch (HttpProtocolException notJson) {
      return Fields.NONE; // a proxy's page or plain text: the raw text tells
    }
  }

  private static OpsException of(
      HttpStatusException refused, String code, String text, Redactor redactor) {
    int status = refused.status();
    var cause = redactor.cause(refused);
    // A code outranks the text: texts quote other errors.
    var scope = scope(status, code, text);
    if (scope != null) {
      return new FlyCapacityException(
          fault(refused, redactor, remedy(scope)), status, text, cause, scope);
    }
    var lease = LEASE.matcher(text);
    if (status == 409 && lease.find()) {
      var until = lease.group(2).strip();
      var next =
          "wait until " + until + ", or ask " + lease.group(1) + ", who is changing this machine";
      return new FlyLeaseHeldException(
          fault(refused, redactor, next),
          status,
          text,
          cause,
          lease.group(1),
          Texts.time(until.replaceFirst("[\"}.]+$", "")));
    }
    if (status == 409
        || code.equals("name_taken")
        || (status == 422 && TAKEN.matcher(text).find())) {
      var next = "look at the machine or app again, then decide";
      return new FlyConflictException(fault(refused, redactor, next), status, text, cause);
    }
    if (status == 404 || text.contains("invalid machine ID")) {
      return new FlyNotFoundException(fault(refused, redactor, NOT_FOUND), status, text, cause);
    }
    return switch (status) {
      case 401, 403 ->
          new FlyAuthException(fault(refused, redactor, rights(status)), status, text, cause);
      case 412 ->
          new FlyPreconditionException(
              fault(refused, redactor, "look at the machine's state again, then decide"),
              status,
              text,
              cause);
      default -> new FlyRefusedException(fault(refused, redactor, null), status, text, cause);
    };
  }

  private static @Nullable Scope scope(int status, String code, String text) {
    if (code.equals("insufficient_capacity")) {
      return Scope.REGION;
    }
    if (code.equals("volume_placement_capacity")) {
      return Scope.HOST;
    }
    var lower = text.toLowerCase(Locale.ROOT);
    if (status == 403 && lower.contains("quota")) {
      return Scope.ORGANISATION;
    }
    if ((status == 409 || status == 412) && HOST.matcher(lower).find()) {
      return Scope.HOST;
    }
    return status == 400 && lower.contains("no capacity") ? Scope.REGION : null;
  }

  private static String remedy(Scope scope) {
    return switch (scope) {
      case HOST -> "the machine's host is full: use a smaller size, or a machine on another host";
      case REGION -> "the region is full: use another region";
      case ORGANISATION -> "the organisation's quota is used up: shrink, or ask Fly for more";
    };
  }

  private static String rights(int status) {
    return status == 401
        ? "check FLY_API_TOKEN; `fly tokens create deploy -a APP` makes a new one"
        : "use a token for this app's organisation: `fly tokens create org ORG`, or "
            + "`fly tokens create deploy -a APP` for changes to one app";
  }

  /** A failure to look after a change was made: what was a plain failure is an open outcome. */
  static OpsException afterWrite(OpsException failure, String machineId) {
    if (failure instanceof FlyUpdateFailedException || failure.outcomeUnknown()) {
      return failure;
    }
    var problem =
        "machine %s was changed, and what became of it could not be seen: %s"
            .formatted(machineId, failure.problem());
    var fault =
        new Fault(
            failure.operation(),
            problem,
            "look at it: app.machines().get(\"" + machineId + "\")",
            failure.requestId().orElse(null),
            false,
            null,
            true);
    return failure instanceof InterruptedOpsException
        ? new InterruptedOpsException(fault)
        : new FlyRefusedException(fault, 0, "", failure);
  }

  /** The same failure after a look that settled nothing: it may still come about. */
  static FlyException open(OpsException lost, String where, String machineId) {
    var fault =
        new Fault(
            lost.operation(),
            lost.problem() + "; " + where,
            "look at it again in a minute: app.machines().get(\"" + machineId + "\")",
            lost.requestId().orElse(null),
            false,
            null,
            true);
    int status = lost instanceof FlyException refused ? refused.status() : 0;
    var text = lost instanceof FlyException refused ? refused.text() : "";
    return new FlyRefusedException(fault, status, text, lost);
  }

  /** The same for a machine that was to be made. */
  static FlyException unseen(OpsException lost, String mark) {
    var fault =
        new Fault(
            lost.operation(),
            lost.problem() + "; no machine with the mark " + mark + " is to be seen yet",
            "look again in a minute: app.machines().list()",
            lost.requestId().orElse(null),
            false,
            null,
            true);
    int status = lost instanceof FlyException refused ? refused.status() : 0;
    return new FlyRefusedException(fault, status, "", lost);
  }

  /** The same refusal after a look that found nothing made: it may be tried again. */
  static FlyException notMade(OpsException lost, String where) {
    var fault =
        new Fault(
            lost.operation(),
            lost.problem() + "; " + where,
            lost instanceof FlyCapacityException ? null : "run the same again",
            lost.requestId().orElse(null),
            true,
            lost.retryAfter().orElse(null),
            false);
    int status = lost instanceof FlyException refused ? refused.status() : 0;
    var text = lost instanceof FlyException refused ? refused.text() : "";
    if (lost instanceof FlyCapacityException room) {
      var next = fault.withNextStep(remedy(room.scope()));
      return new FlyCapacityException(next, status, text, lost, room.scope());
    }
    return new FlyRefusedException(fault, status, text, lost);
  }

  static Fault fault(OpsException from, Redactor redactor, @Nullable String nextStep) {
    return new Fault(
        from.operation(),
        redactor.redact(from.problem()),
        from.outcomeUnknown() || nextStep == null ? from.nextStep().orElse(null) : nextStep,
        from.requestId().orElse(null),
        from.retryable(),
        from.retryAfter().orElse(null),
        from.outcomeUnknown());
  }
}
