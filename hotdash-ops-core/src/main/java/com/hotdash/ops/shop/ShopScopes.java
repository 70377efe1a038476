package com.hotdash.ops.shop;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a token may do. A scope that is missing shows as less data, hardly ever as an error.
 *
 * @param granted the scopes that the token has
 * @param wanted those that the application needs; empty if nobody said
 */
public record ShopScopes(Set<String> granted, Set<String> wanted) {
  /** Copies the sets, in the order of their names. */
  public ShopScopes {
    granted = Collections.unmodifiableSet(new TreeSet<>(granted));
    wanted = Collections.unmodifiableSet(new TreeSet<>(wanted));
  }

  /**
   * Returns what the application needs and the token may not do. Who may write may read.
   *
   * @return the scopes; empty if none is missing
   */
  public Set<String> missing() {
    return wanted.stream()
        .filter(scope -> !granted.contains(scope))
        .filter(scope -> !granted.contains(scope.replaceFirst("^read_", "write_")))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
