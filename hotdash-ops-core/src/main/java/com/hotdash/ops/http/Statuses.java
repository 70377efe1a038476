package com.hotdash.ops.http;

import org.jspecify.annotations.Nullable;

/** What HTTP status codes mean for what to do next. */
final class Statuses {
  private Statuses() {}

  static boolean redirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  /** Whether a read is made again after this status, within the same call. */
  static boolean triedAgain(int status) {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }

  /** Whether the same call may succeed later. */
  static boolean passing(int status) {
    return status == 408 || status == 429 || (status >= 500 && status != 501);
  }

  /** Whether a write that was answered so may have been carried out all the same. */
  static boolean ambiguous(int status) {
    return status == 408 || (status >= 300 && status < 400) || (status >= 500 && status != 501);
  }

  static @Nullable String nextStep(int status) {
    if (status >= 500) {
      return "try again later, or look at the service's status page";
    }
    return switch (status) {
      case 401 -> "check that the credential is right and has not expired or been revoked";
      case 403 -> "check which rights the credential has, and which this call needs";
      case 404 -> "check the name, and that the credential may see it";
      case 408, 429 -> "wait, then try again";
      default ->
          status >= 400
              ? "change the call: the service refuses it as it is"
              : "check the base address";
    };
  }
}
