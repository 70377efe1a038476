package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.procedure.DatabaseSlots;
import com.hotdash.ops.procedure.DatabaseThresholds;
import com.hotdash.ops.resolution.Resolution;
import com.hotdash.ops.runbook.DatabaseConnectionIssues;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.SlotExhaustion;
import java.time.Duration;
import java.util.List;

/** Transactions leaked until the server refuses the application. */
final class LeakedTransactionsDrill implements DatabaseDrill {
  @Override
  public String title() {
    return "Leaks take every slot";
  }

  @Override
  public String story() {
    return "The application leaks connections with open transactions until the server refuses it"
        + " with 53300. The ops role gets in by a reserved slot. There are more leaks than one"
        + " plan may end, so that the cure takes two.";
  }

  @Override
  public DatabaseThresholds thresholds() {
    return DatabaseThresholds.DEFAULT.withIdleInTransaction(Duration.ofSeconds(1));
  }

  @Override
  public Class<? extends Finding> expected() {
    return DatabaseSlots.ServerSlots.class;
  }

  @Override
  public Resolution resolution(DatabaseConnectionIssues incident) {
    return incident.endSessions();
  }

  @Override
  public String because() {
    return "the application is refused with 53300";
  }

  @Override
  public Fault inject(Hotdash hotdash) {
    var fault = SlotExhaustion.leaked(hotdash.app());
    return new Fault() {
      @Override
      public List<String> harm() {
        return Link.refusal(hotdash.app())
            .map(why -> List.of("the application is still refused: " + why))
            .orElse(List.of());
      }

      @Override
      public void close() {
        fault.close();
      }
    };
  }
}
