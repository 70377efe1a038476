// A changed secret breaks something: which one, and planned.
// With FLY_APP and FLY_API_TOKEN set, and OLD_<name> or NEW_<name> for the value that it stores;
// HOTDASH_OPS_OPERATOR is you:
//   jshell --class-path examples/target/hotdash-ops.jar --startup DEFAULT \
//     --startup examples/jshell/ops.jsh examples/jshell/secret-rotation-issues.jsh
// Where a person must act, it says what.
var diagnosis = show(ops.secretRotationIssues().diagnose())
var plan = diagnosis.verdict() == Verdict.PROBLEM ? show(ops.plan(diagnosis)) : null
// Nothing was changed. Read the plan; to apply it, type the next two lines:
// var execution = show(plan.apply("the new secret is refused"))
// show(execution.verify())
