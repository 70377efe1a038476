package com.hotdash.ops.fly;

import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.secret.Redactor;

/**
 * One call, and whose budget it uses.
 *
 * @param service who is asked
 * @param operation the action, by which errors name it and Fly limits it
 * @param identifier the machine, or the app where no machine is named
 * @param request the request
 * @param redactor knows the secrets that the body carries
 */
record FlyCall(
    FlyService service,
    String operation,
    String identifier,
    HttpRequest request,
    Redactor redactor) {
  FlyCall(FlyService service, String operation, String identifier, HttpRequest request) {
    this(service, operation, identifier, request, Redactor.SHAPES);
  }

  FlyCall carrying(Redactor secrets) {
    return new FlyCall(service, operation, identifier, request, secrets);
  }

  // Fly gives figures for machines, and speaks of limits for logs without giving any.
  boolean limited() {
    return service == FlyService.MACHINES || service == FlyService.LOGS;
  }
}
