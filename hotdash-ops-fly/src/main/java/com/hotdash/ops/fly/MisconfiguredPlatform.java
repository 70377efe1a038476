package com.hotdash.ops.fly;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.logs.Change;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.platform.Image;
import com.hotdash.ops.platform.MachineSettings;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.PlatformReader;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.platform.Traffic;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.List;

/** Stands where settings are wrong: each reading says so. */
record MisconfiguredPlatform(ConfigurationException wrong) implements PlatformReader {
  @Override
  public Estate.Part identity() {
    return new Estate.Part("fly app", "not known: " + wrong.problem(), null);
  }

  @Override
  public String byHand(Step step) {
    return "# not known: " + wrong.problem();
  }

  @Override
  public PlatformLook look(Deadline deadline) {
    return new PlatformLook() {
      @Override
      public Reading<Machines> machines() {
        return MACHINES.misconfigured(wrong);
      }

      @Override
      public Reading<List<Release>> releases() {
        return RELEASES.misconfigured(wrong);
      }

      @Override
      public Reading<Boolean> available(Image image) {
        return new ReadingKey<Boolean>("image " + image, "set the platform right")
            .misconfigured(wrong);
      }

      @Override
      public Reading<Traffic> traffic(Duration window) {
        return TRAFFIC.misconfigured(wrong);
      }

      @Override
      public Reading<LogSummary> logs(Duration window, List<Change> changes) {
        return LOGS.misconfigured(wrong);
      }

      @Override
      public Reading<List<SecretDigest>> secrets() {
        return SECRETS.misconfigured(wrong);
      }

      @Override
      public Reading<List<MachineSettings>> settings() {
        return SETTINGS.misconfigured(wrong);
      }

      @Override
      public void close() {
        // Nothing was opened.
      }
    };
  }
}
