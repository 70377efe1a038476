package com.hotdash.ops.examples.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.examples.host.AfterDeploy.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a runbook of one's own is tested: what it makes of a world, and what it did there. */
class AfterDeployTest {
  private final EstateWorld world = new EstateWorld();
  private final AfterDeploy afterDeploy = new AfterDeploy(world.ops());

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void check_goodRelease_isFineAndChangesNothing() {
    assertThat(afterDeploy.check()).isEqualTo(Outcome.FINE);
    assertThat(world.changes()).isZero();
    assertThat(world.told()).isEmpty();
  }

  @Test
  void check_badRelease_goesBackOnceOnEachMachine() {
    world.badRelease();

    assertThat(afterDeploy.check()).isEqualTo(Outcome.WENT_BACK);
    assertThat(afterDeploy.check()).as("while its errors still count").isEqualTo(Outcome.TOLD);
    world.pass(Duration.ofMinutes(6));
    assertThat(afterDeploy.check()).as("once they are old").isEqualTo(Outcome.FINE);
    assertThat(world.changes()).as("once a machine").isEqualTo(2);
  }

  @Test
  void check_tokensRefused_tellsPeopleAndIsNotFine() {
    world.revoke();

    assertThat(afterDeploy.check()).isEqualTo(Outcome.TOLD);
    assertThat(world.told()).contains("High error rate");
  }
}
