// Which incident is it? All are judged by one look; the first is planned.
// With all variables set that there are (`--help` lists them);
// HOTDASH_OPS_OPERATOR is you:
//   jshell --class-path examples/target/hotdash-ops.jar --startup DEFAULT \
//     --startup examples/jshell/ops.jsh examples/jshell/triage.jsh
// Where a person must act, it says what.
var triage = show(ops.triage())
var diagnosis = triage.first().orElse(null)
var plan = diagnosis == null ? null : show(ops.plan(diagnosis))
// Nothing was changed. Read the plan; to apply it, type the next two lines:
// var execution = show(plan.apply("triage put this first"))
// show(execution.verify())
