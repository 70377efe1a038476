package com.hotdash.ops.evidence;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a port answers: it never throws, and "could not look" is not a value.
 *
 * @param <T> what is read
 */
public sealed interface Reading<T> {
  /**
   * A value, and where it came from.
   *
   * @param <T> what was read
   * @param value what was read
   * @param evidence where and when
   */
  record Read<T>(T value, Evidence evidence) implements Reading<T> {}

  /**
   * No value, and why.
   *
   * @param <T> what was to be read
   * @param notChecked what, why, and the remedy
   */
  record Unread<T>(NotChecked notChecked) implements Reading<T> {}

  /**
   * Makes a reading of a value.
   *
   * @param value what was read
   * @param evidence where and when
   * @param <T> what was read
   * @return the reading
   */
  static <T> Reading<T> of(T value, Evidence evidence) {
    return new Read<>(value, evidence);
  }

  /**
   * Makes a reading that could not be made.
   *
   * @param notChecked what, why, and the remedy
   * @param <T> what was to be read
   * @return the reading
   */
  static <T> Reading<T> unread(NotChecked notChecked) {
    return new Unread<>(notChecked);
  }

  /**
   * Returns the value.
   *
   * @return the value, or empty if it could not be read
   */
  default Optional<T> toOptional() {
    return this instanceof Read<T> read ? Optional.of(read.value()) : Optional.empty();
  }

  /**
   * Returns where and when the value was read.
   *
   * @return the evidence, or empty if there is no value
   */
  default Optional<Evidence> evidenceIfRead() {
    return this instanceof Read<T> read ? Optional.of(read.evidence()) : Optional.empty();
  }

  /**
   * Returns why there is no value.
   *
   * @return what, why, and the remedy, or empty if there is a value
   */
  default Optional<NotChecked> obstacle() {
    return this instanceof Unread<T> unread ? Optional.of(unread.notChecked()) : Optional.empty();
  }

  /**
   * Derives another value from the same reading.
   *
   * @param derive makes the other value
   * @param <R> the other value
   * @return a reading of the derived value, or the same obstacle
   */
  default <R> Reading<R> map(Function<? super T, ? extends R> derive) {
    if (this instanceof Read<T> read) {
      return new Read<>(derive.apply(read.value()), read.evidence());
    }
    return new Unread<>(((Unread<T>) this).notChecked());
  }
}
