package com.hotdash.ops.error;

/** A setting that is missing or cannot be understood. The next step names the setting. */
public final class ConfigurationException extends OpsException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception about one setting.
   *
   * @param fault what is known; its next step should name the setting
   */
  public ConfigurationException(Fault fault) {
    super(fault, null);
  }
}
