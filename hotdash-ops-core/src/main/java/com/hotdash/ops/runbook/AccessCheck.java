package com.hotdash.ops.runbook;

import java.util.List;

/**
 * What one credential is good for.
 *
 * @param credential where it comes from, such as {@code DATABASE_URL}
 * @param works what works with it, such as {@code login as hotdash_ops}
 * @param missing what does not, such as {@code see other roles' sessions}
 * @param remedies the exact commands or SQL that would grant what is missing
 */
public record AccessCheck(
    String credential, List<String> works, List<String> missing, List<String> remedies) {
  /** Copies the lists. */
  public AccessCheck {
    works = List.copyOf(works);
    missing = List.copyOf(missing);
    remedies = List.copyOf(remedies);
  }
}
