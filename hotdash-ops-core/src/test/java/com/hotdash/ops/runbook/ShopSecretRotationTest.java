package com.hotdash.ops.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.SickPlatform;
import com.hotdash.ops.runbook.ShopSecretRotation.Step;
import com.hotdash.ops.secret.Secret;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShopSecretRotationTest {
  private final RunbookProcedures ops = RunbookProcedures.builder().build();
  private final ShopSecretRotation rotation =
      ops.shopifyApiErrors()
          .rotateSecret("NEW_SECRET", "SHOPIFY_API_SECRET_PREVIOUS", "OLD_SECRET");

  @AfterEach
  void close() {
    ops.close();
  }

  @Test
  void steps_onSchedule_revokeAfterAllTokensMovedAndByAPerson() {
    assertThat(rotation.steps())
        .extracting(each -> (each.person() ? "person " : "runbook ") + firstWord(each))
        .containsExactly(
            "person make",
            "person see",
            "runbook store",
            "person renew",
            "person look",
            "person revoke",
            "runbook an");
  }

  @Test
  void steps_leaked_revokeFirstAndKeepNothingOfTheOldOne() {
    assertThat(rotation.leaked().steps())
        .extracting(ShopSecretRotationTest::firstWord)
        .containsExactly("make", "revoke", "store", "renew", "look");
  }

  @Test
  void page_fitsAndNamesPlacesOnly() {
    assertThat(rotation.toString())
        .contains("Revoke last", ".store().plan()", "SHOPIFY_API_KEY stays");
  }

  @Test
  void store_noPlatform_saysSo() {
    assertThatThrownBy(rotation::store)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("platform");
  }

  @Test
  void store_bothSecrets_isOneVersionAndShowsNoValue() {
    var sick = new SickPlatform();
    sick.machine("m1", "sha256:1", MachineState.STARTED);
    sick.secrets.put("SHOPIFY_API_SECRET", "0123456789abcdef");
    var values = Map.of("NEW_SECRET", "shpss_new_value", "OLD_SECRET", "shpss_old_value");
    try (var runbook =
        RunbookProcedures.builder()
            .platform(sick)
            .operator("sam")
            .secretSource(name -> Optional.ofNullable(values.get(name)).map(Secret::of))
            .build()) {
      var plan =
          runbook
              .shopifyApiErrors()
              .rotateSecret("NEW_SECRET", "SHOPIFY_API_SECRET_PREVIOUS", "OLD_SECRET")
              .store()
              .plan();
      var execution = plan.apply("the rotation of this quarter is due");

      assertThat(execution.stopped()).isEmpty();
      assertThat(sick.secretVersions).isEqualTo(1);
      assertThat(sick.secrets).containsKeys("SHOPIFY_API_SECRET", "SHOPIFY_API_SECRET_PREVIOUS");
      assertThat(plan + execution.toString()).doesNotContain("_value");
    }
  }

  @Test
  void rotateSecret_previousUnderTheSameName_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ops.shopifyApiErrors().rotateSecret("A", "SHOPIFY_API_SECRET", "B"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ops.shopifyApiErrors().rotateSecret("A", "OTHER_NAME", "A"));
  }

  private static String firstWord(Step step) {
    return step.what().split(" ", 2)[0];
  }
}
