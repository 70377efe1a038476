package com.hotdash.ops.runbook;

import java.util.ArrayList;
import java.util.List;

/**
 * What one credential is good for.
 *
 * @param credential where it comes from, such as {@code DATABASE_URL}
 * @param works what works with it, such as {@code login as hotdash_ops}
 * @param missing what was tried and refused, such as {@code see other roles' sessions}
 * @param unknown what could not be looked at, and why: the service was out of reach, or a right
 *     cannot be tried without using it
 * @param remedies what would grant what is missing or let us look. A line that ends with a
 *     semicolon is SQL, one that begins with {@code $} and a blank is a command; all else is for a
 *     person to read
 */
public record AccessCheck(
    String credential,
    List<String> works,
    List<String> missing,
    List<String> unknown,
    List<String> remedies) {
  /** Copies the lists. */
  public AccessCheck {
    works = List.copyOf(works);
    missing = List.copyOf(missing);
    unknown = List.copyOf(unknown);
    remedies = List.copyOf(remedies);
  }

  /**
   * Makes a check in which all could be looked at.
   *
   * @param credential where it comes from
   * @param works what works with it
   * @param missing what was tried and refused
   * @param remedies what would grant what is missing
   */
  public AccessCheck(
      String credential, List<String> works, List<String> missing, List<String> remedies) {
    this(credential, works, missing, List.of(), remedies);
  }

  /**
   * Makes a check that could not be made at all.
   *
   * @param credential where it comes from
   * @param why what kept us from looking
   * @param remedies what would let us look
   * @return the check: nothing works for sure, nothing is missing for sure
   */
  public static AccessCheck unknown(String credential, String why, String... remedies) {
    return new AccessCheck(credential, List.of(), List.of(), List.of(why), List.of(remedies));
  }

  /**
   * Returns the check with more that could not be looked at.
   *
   * @param more what, and why
   * @return the longer check
   */
  public AccessCheck withUnknown(List<String> more) {
    var all = new ArrayList<>(unknown);
    all.addAll(more);
    return new AccessCheck(credential, works, missing, all, remedies);
  }
}
