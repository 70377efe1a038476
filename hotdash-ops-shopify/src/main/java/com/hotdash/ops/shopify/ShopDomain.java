package com.hotdash.ops.shopify;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The permanent name of a shop, such as {@code hotdash.myshopify.com}. The Admin API knows a shop
 * by it alone, never by the domain that buyers see.
 *
 * @param value the name, in lower case
 */
public record ShopDomain(String value) {
  private static final String SUFFIX = ".myshopify.com";
  private static final Pattern HANDLE = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");

  /** Checks that it is such a name. */
  public ShopDomain {
    if (!value.endsWith(SUFFIX)
        || !HANDLE.matcher(value.substring(0, value.length() - SUFFIX.length())).matches()) {
      throw new IllegalArgumentException("a shop is named as <handle>" + SUFFIX);
    }
  }

  /**
   * Takes a shop's name as people write it: the handle alone, or the whole name, in any case, with
   * or without {@code https://} before it and a slash behind.
   *
   * @param text the name
   * @return the shop
   * @throws IllegalArgumentException if it is no such name, for instance the domain that buyers see
   */
  public static ShopDomain of(String text) {
    var name = text.strip().toLowerCase(Locale.ROOT).replaceFirst("^https://", "");
    name = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    return new ShopDomain(name.contains(".") ? name : name + SUFFIX);
  }

  /**
   * Returns the name without its common end.
   *
   * @return the handle, such as {@code hotdash}
   */
  public String handle() {
    return value.substring(0, value.length() - SUFFIX.length());
  }

  @Override
  public String toString() {
    return value;
  }
}
