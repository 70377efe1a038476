// The runbook in jshell, configured by the environment: DATABASE_URL and what `--help` lists.
// Build once:   mvn -q -B -ntp -DskipTests -DskipITs package
// Then start:   jshell --class-path examples/target/hotdash-ops.jar --startup DEFAULT --startup examples/jshell/ops.jsh --feedback ops
// and type:     ops.databaseConnectionIssues().diagnose()
//               ops.app().health()   ops.app().metrics().matching("error")   ops.app().window(Duration.ofSeconds(10))
//               ops.pipeline().rerunFailedJobs(id).plan()   GitHubClient.fromEnvironment().failedLog(id)
//               ops.highErrorRate().diagnose()   FlyClient.from(Environment.system()).build().app("hotdash-production").status()
//               ops.triage()   ops.plan(diagnosis)   Runbook.line("R4.D2").invoke(ops)   Runbook.report()
//               ops   lists what there is
import com.hotdash.ops.catalogue.*;
import com.hotdash.ops.diagnosis.*;
import com.hotdash.ops.evidence.*;
import com.hotdash.ops.fly.*;
import com.hotdash.ops.github.*;
import com.hotdash.ops.logs.*;
import com.hotdash.ops.pipeline.*;
import com.hotdash.ops.report.*;
import com.hotdash.ops.resolution.*;
import com.hotdash.ops.runbook.*;
import com.hotdash.ops.time.*;
import java.time.*;

// Changes are refused until HOTDASH_OPS_OPERATOR names you, or you do: ops.as("sam")
var ops = RunbookProcedures.fromEnvironment();

// Prints on the way: what a script makes is not shown by itself.
<T> T show(T value) {
    System.out.println(value);
    return value;
}

// The mode that --feedback names: whole pages instead of their first characters.
/set mode ops -quiet
/set prompt ops "ops> " "...> "
/set truncation ops 1000000
/set truncation ops 1000000 expression,varvalue,varinit,assignment
/set format ops display "{value}{post}" expression,varvalue,varinit,assignment-added,modified,replaced
