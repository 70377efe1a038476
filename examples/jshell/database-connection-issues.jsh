// Requests hang behind idle transactions: found, planned, ended and verified in five statements.
// With DATABASE_URL set to a database in such trouble:
//   jshell --class-path examples/target/hotdash-ops.jar --startup DEFAULT \
//     --startup examples/jshell/ops.jsh examples/jshell/database-connection-issues.jsh
// It ends with exit code 0 if the database is cured, else with 1.
System.out.println(ops.databaseConnectionIssues().diagnose())
var plan = ops.databaseConnectionIssues().endSessions().plan()
System.out.println(plan)
var verification = plan.apply("requests hang behind idle transactions").verify()
System.out.println(verification)
/exit verification != null && !plan.steps().isEmpty() && verification.result() == Verification.Result.CURED ? 0 : 1
