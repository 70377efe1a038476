// Which incident is it? All are judged by one look; the first is planned, and cured.
// With all variables set that there are (`--help` lists them);
// HOTDASH_OPS_OPERATOR is you:
//   jshell --class-path examples/target/hotdash-ops.jar --startup DEFAULT \
//     --startup examples/jshell/ops.jsh examples/jshell/triage.jsh
// Where a person must act, it says what, and changes nothing; HOTDASH_OPS_READ_ONLY=true stops it
// after the plan. It ends with exit code 0 if the incident is cured, else with 1.
var triage = show(ops.triage())
var diagnosis = triage.first().orElse(null)
var plan = diagnosis == null ? null : show(ops.plan(diagnosis))
var execution = plan == null ? null : show(plan.apply("triage put this first"))
var verification = execution == null ? null : show(execution.verify())
/exit verification != null && verification.result() == Verification.Result.CURED ? 0 : 1
