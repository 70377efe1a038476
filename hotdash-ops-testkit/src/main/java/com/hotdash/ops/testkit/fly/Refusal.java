package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Json;
import java.io.Serial;

/** Ends a route with an answer other than the wished one. */
final class Refusal extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Answer answer;

  private Refusal(String message, Answer answer) {
    super(message, null, false, false);
    this.answer = answer;
  }

  Answer answer() {
    return answer;
  }

  /** A refusal in the Machines API's form. */
  static Refusal of(int status, String error) {
    return with(Answer.json(status, Json.of("error", error)));
  }

  static Refusal of(int status, String error, String code) {
    return with(Answer.json(status, Json.of("error", error, "status", code)));
  }

  static Refusal with(Answer answer) {
    return new Refusal("refused with " + answer.status(), answer);
  }
}
