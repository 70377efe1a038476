package com.hotdash.ops.platform;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which secrets shall be stored or removed, and whether machines take them at once. It names places
 * of values, never a value. All secrets of one change are one version and one roll-out.
 *
 * @param places by the secret's name, where its new value is in the runbook's {@link
 *     com.hotdash.ops.secret.SecretSource}; an empty text removes the secret
 * @param oldPlaces by the secret's name, where its present value is kept, so that the change can be
 *     taken back; none where the present value is the leaked one
 * @param rollOut whether machines take them at once, or they are staged
 */
public record SecretChange(
    Map<String, String> places, Map<String, String> oldPlaces, boolean rollOut) {
  /** Copies the maps, in the order of the names. */
  public SecretChange {
    places = Collections.unmodifiableMap(new TreeMap<>(places));
    oldPlaces = Collections.unmodifiableMap(new TreeMap<>(oldPlaces));
  }

  /**
   * Stores secrets and has all machines take them.
   *
   * @param places by the secret's name, where its new value is
   * @return the change
   */
  public static SecretChange set(Map<String, String> places) {
    return new SecretChange(places, Map.of(), true);
  }

  /**
   * Stores secrets and leaves the machines alone.
   *
   * @param places by the secret's name, where its new value is
   * @return the change
   */
  public static SecretChange stage(Map<String, String> places) {
    return new SecretChange(places, Map.of(), false);
  }

  /**
   * Removes secrets and has all machines go without.
   *
   * @param names the secrets' names
   * @return the change
   */
  public static SecretChange unset(String... names) {
    var places = new TreeMap<String, String>();
    Arrays.asList(names).forEach(name -> places.put(name, ""));
    return new SecretChange(places, Map.of(), true);
  }

  /**
   * Has all machines take what is stored.
   *
   * @return the change
   */
  public static SecretChange deploy() {
    return new SecretChange(Map.of(), Map.of(), true);
  }

  /**
   * Names where present values are kept, so that the change can be taken back.
   *
   * @param kept by the secret's name, where its present value is
   * @return a changed copy
   */
  public SecretChange keptIn(Map<String, String> kept) {
    return new SecretChange(places, kept, rollOut);
  }
}
