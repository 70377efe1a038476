// Memory or processor time run out: found, and planned.
// With FLY_APP and FLY_API_TOKEN set;
// HOTDASH_OPS_OPERATOR is you:
//   jshell --class-path examples/target/hotdash-ops.jar --startup DEFAULT \
//     --startup examples/jshell/ops.jsh examples/jshell/memory-cpu-issues.jsh
// Where a person must act, it says what.
var diagnosis = show(ops.memoryCpuIssues().diagnose())
var plan = diagnosis.verdict() == Verdict.PROBLEM ? show(ops.plan(diagnosis)) : null
// Nothing was changed. Read the plan; to apply it, type the next two lines:
// var execution = show(plan.apply("machines run out of memory"))
// show(execution.verify())
