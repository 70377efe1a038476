package com.hotdash.ops.error;

/**
 * What was tried, in the words that an error begins with.
 *
 * @param service the system that was asked, such as {@code postgres} or {@code fly}
 * @param name the operation on it, such as {@code session.terminate}
 */
public record Operation(String service, String name) {
  /** Checks that neither part is blank. */
  public Operation {
    if (service.isBlank() || name.isBlank()) {
      throw new IllegalArgumentException("an operation needs a service and a name");
    }
  }

  @Override
  public String toString() {
    return service + " " + name;
  }
}
