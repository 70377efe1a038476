package com.hotdash.ops.fly;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.platform.GuestRule;
import com.hotdash.ops.platform.Platform;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.SecretSource;
import com.hotdash.ops.time.Deadline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An app as the runbook asks for it. */
final class FlyPort implements Platform {
  private final AppCalls calls;
  private final @Nullable String org;

  FlyPort(AppCalls calls, @Nullable String org) {
    this.calls = calls;
    this.org = org;
  }

  @Override
  public Estate.Part identity() {
    return new Estate.Part("fly app", calls.app(), null);
  }

  @Override
  public Redactor redactor() {
    return calls.api().redactor();
  }

  @Override
  public PlatformLook look(Deadline deadline) {
    return new FlyLook(calls.by(deadline), org, deadline);
  }

  @Override
  public String byHand(Step step) {
    return FlyByHand.of(step, calls.app());
  }

  @Override
  public Control control() {
    return control(SecretSource.NONE);
  }

  @Override
  public Control control(SecretSource secrets) {
    return new FlyControl(calls, secrets);
  }

  @Override
  public List<GuestRule> guestRules() {
    return Guest.rules();
  }

  @Override
  public String toString() {
    return "Fly app " + calls.app();
  }
}
