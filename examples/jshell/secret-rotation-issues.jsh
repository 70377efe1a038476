// A changed secret breaks something: which one, planned, and made good.
// With FLY_APP and FLY_API_TOKEN set, and OLD_<name> or NEW_<name> for the value that it stores;
// HOTDASH_OPS_OPERATOR is you:
//   jshell --class-path examples/target/hotdash-ops.jar --startup DEFAULT \
//     --startup examples/jshell/ops.jsh examples/jshell/secret-rotation-issues.jsh
// Where a person must act, it says what, and changes nothing; HOTDASH_OPS_READ_ONLY=true stops it
// after the plan. It ends with exit code 0 if the incident is cured, else with 1.
var diagnosis = show(ops.secretRotationIssues().diagnose())
var plan = diagnosis.verdict() == Verdict.PROBLEM ? show(ops.plan(diagnosis)) : null
var execution = plan == null ? null : show(plan.apply("the new secret is refused"))
var verification = execution == null ? null : show(execution.verify())
/exit verification != null && verification.result() == Verification.Result.CURED ? 0 : 1
