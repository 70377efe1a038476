package com.hotdash.ops.evidence;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.evidence.NotChecked.Why;

/**
 * The name of one reading of the world, with the type of its value. Two keys are the same only if
 * they are the same object: declare each once, as a constant beside what it names.
 *
 * @param <T> what is read
 */
public final class ReadingKey<T> {
  private final String name;
  private final String remedy;

  /**
   * Names a reading.
   *
   * @param name what is read, as a person would say it, such as {@code database sessions}
   * @param remedy what makes it readable where nothing is configured, such as {@code set
   *     DATABASE_URL}
   */
  public ReadingKey(String name, String remedy) {
    this.name = name;
    this.remedy = remedy;
  }

  /**
   * Returns what is read, as a person would say it.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Returns what makes it readable where nothing is configured.
   *
   * @return the remedy
   */
  public String remedy() {
    return remedy;
  }

  /**
   * Makes the reading that stands where the settings are wrong.
   *
   * @param wrong what is wrong with them; its next step is the remedy, if it has one
   * @return a reading that could not be made
   */
  public Reading<T> misconfigured(ConfigurationException wrong) {
    return Reading.unread(
        new NotChecked(name, Why.NOT_CONFIGURED, wrong.problem(), wrong.nextStep().orElse(remedy)));
  }

  @Override
  public String toString() {
    return name;
  }
}
