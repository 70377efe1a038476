package com.hotdash.ops.http;

/** Refuses what cannot be sent. No message repeats the value: it may be a credential. */
final class Checks {
  private Checks() {}

  static String notBlank(String value, String name) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank");
    }
    return value;
  }

  static long positive(long value, String name) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be more than zero, not " + value);
    }
    return value;
  }

  // "." and ".." would be resolved away, and the call would go to another resource.
  static String segment(String segment) {
    if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
      throw new IllegalArgumentException("a path segment must not be empty, \".\" or \"..\"");
    }
    return segment;
  }

  static String headerName(String name) {
    if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
      throw new IllegalArgumentException("not the name of a header");
    }
    return name;
  }

  static String headerValue(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~') {
        throw new IllegalArgumentException(
            "the value of header %s holds a character at index %d that cannot be sent; was a line break copied with it?"
                .formatted(name, i));
      }
    }
    return value;
  }
}
