// Requests hang behind idle transactions: found and planned in three statements.
// With DATABASE_URL set to a database in such trouble, and HOTDASH_OPS_OPERATOR to you:
//   jshell --class-path examples/target/hotdash-ops.jar --startup DEFAULT \
//     --startup examples/jshell/ops.jsh examples/jshell/database-connection-issues.jsh
System.out.println(ops.databaseConnectionIssues().diagnose())
var plan = ops.databaseConnectionIssues().endSessions().plan()
System.out.println(plan)
// Nothing was changed. Read the plan; to apply it, type the next two lines:
// var execution = show(plan.apply("requests hang behind idle transactions"))
// show(execution.verify())
