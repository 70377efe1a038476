package example;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.report.Report;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.time.Duration;
import java.util.Map;

/** What a host application would write. */
public final class AdminPage implements AutoCloseable {
  private final RunbookProcedures ops;

  public AdminPage(Map<String, String> environment) {
    ops = RunbookProcedures.fromEnvironment(Environment.of(environment));
  }

  public Diagnosis database() {
    return ops.databaseConnectionIssues().diagnose(Duration.ofSeconds(2));
  }

  public String html() {
    return Report.of(database()).html(ops.redactor());
  }

  @Override
  public void close() {
    ops.close();
  }
}
