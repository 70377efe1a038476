package com.hotdash.ops.fly;

import com.hotdash.ops.secret.Redactor;
import java.util.Locale;

/** GraphQL answers 200 whatever happens; the errors stand inside. */
final class GraphQlErrors {
  private GraphQlErrors() {}

  static void check(FlyCall call, Fields answer, Redactor redactor) {
    var errors = answer.objects("errors");
    if (errors.isEmpty()) {
      return;
    }
    var text = Texts.line(redactor.redact(errors.get(0).text("message", "no message")));
    var code = errors.get(0).object("extensions").text("code", "").toUpperCase(Locale.ROOT);
    var fault = FlyApi.fault(call, "was answered by the GraphQL error \"" + text + "\"");
    if (code.equals("NOT_FOUND") || text.startsWith("Could not find")) {
      throw new FlyNotFoundException(
          fault.withNextStep("check the name, and that the token may see it"), 200, text, null);
    }
    if (code.equals("UNAUTHORIZED") || code.equals("FORBIDDEN")) {
      throw new FlyAuthException(
          fault.withNextStep("check which rights the token has"), 200, text, null);
    }
    throw new FlyRefusedException(fault, 200, text, null);
  }
}
