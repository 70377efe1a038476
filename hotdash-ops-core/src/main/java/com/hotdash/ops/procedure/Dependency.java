package com.hotdash.ops.procedure;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Verdict;
import java.util.List;

/**
 * Something that the application stands on, as it was when we asked it ourselves.
 *
 * @param name {@link #DATABASE} or {@link #SHOP}
 * @param verdict what it comes to
 * @param text what came back, as a clause
 * @param evidence where it was seen
 */
public record Dependency(String name, Verdict verdict, String text, List<Evidence> evidence) {
  /** The application's database. */
  public static final String DATABASE = "database";

  /** The shop's interface. */
  public static final String SHOP = "shop";

  /** Copies the list. */
  public Dependency {
    evidence = List.copyOf(evidence);
  }
}
