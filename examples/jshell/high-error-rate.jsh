// A release fails requests: found, planned, rolled back and verified in five statements.
// With FLY_APP and FLY_API_TOKEN set to an app in such trouble, and HOTDASH_OPS_OPERATOR to you:
//   jshell --class-path examples/target/hotdash-ops.jar --startup DEFAULT \
//     --startup examples/jshell/ops.jsh examples/jshell/high-error-rate.jsh
// It ends with exit code 0 if the errors are over, else with 1. It takes some minutes: a share of
// errors is measured on a whole minute after the last machine.
System.out.println(ops.highErrorRate().diagnose())
var plan = ops.highErrorRate().rollBack().plan()
System.out.println(plan)
var verification = plan.apply("the newest release fails requests").verify()
System.out.println(verification)
/exit verification != null && !plan.steps().isEmpty() && verification.result() == Verification.Result.CURED ? 0 : 1
