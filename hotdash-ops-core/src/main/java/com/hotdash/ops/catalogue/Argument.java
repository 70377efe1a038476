package com.hotdash.ops.catalogue;

import java.util.Map;

/**
 * Something that a line leaves open, such as its {@code <machine-id>}.
 *
 * @param name its name, such as {@code machine}
 * @param meaning what it is; of a secret always the place of its value, never the value
 * @param example such as {@code 3d8d9f00a12e89}
 * @param required whether nothing can be planned without it, unless a diagnosis recommends one
 */
public record Argument(String name, String meaning, String example, boolean required) {
  static Argument required(String name, String meaning, String example) {
    return new Argument(name, meaning, example, true);
  }

  static Argument optional(String name, String meaning, String example) {
    return new Argument(name, meaning, example, false);
  }

  Map<String, Object> data() {
    return Map.of("name", name, "meaning", meaning, "example", example, "required", required);
  }

  @Override
  public String toString() {
    return name + ": " + meaning + ", such as " + example + (required ? "" : " (may be left out)");
  }
}
