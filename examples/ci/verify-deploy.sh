#!/bin/sh
# Verifies a deploy by the requests that it answers, and goes back if its release makes them fail.
#
#   HOTDASH_OPS_JAR   where hotdash-ops.jar is; default: in this directory
#   VERIFY_LOOKS      how often it looks before it believes that all is well; default 6
#   VERIFY_EVERY      seconds between two looks; default 60
#   VERIFY_ROLL_BACK  yes: goes back if that is what the diagnosis recommends first. Otherwise the
#                     plan is only shown, with the line that applies it.
#   VERIFY_BY         who answers for going back, for the journal; default: the deploy
#
# FLY_APP, FLY_API_TOKEN and the runbook's other variables are in SETUP.md.
# Exit codes: 0 requests are answered; 1 they fail, also if it went back: the deploy is a bad one;
# 2 something is not configured; 3 it could not judge, for want of requests or of an answer.
set -u

ops() {
  java -jar "${HOTDASH_OPS_JAR:-hotdash-ops.jar}" "$@"
}

looks=${VERIFY_LOOKS:-6}
look=1
while :; do
  echo "verify-deploy: look $look of $looks"
  ops diagnose high-error-rate
  code=$?
  case $code in
    0 | 3) ;; # Right after a deploy there may be too few requests to judge by: look again.
    *) break ;;
  esac
  [ "$look" -lt "$looks" ] || exit "$code"
  look=$((look + 1))
  sleep "${VERIFY_EVERY:-60}"
done
[ "$code" -eq 1 ] || exit "$code"

# The first plan is the best. Only going back is for a machine to decide.
digest=$(ops diagnose high-error-rate --json | awk '
  /"action" : / && !plans++ { goes_back = /"platform.roll-back"/ }
  /"digest" : / && !digests++ && goes_back { split($0, word, "\""); print word[4] }')

if [ -z "$digest" ]; then
  echo "verify-deploy: requests fail, and going back is not what would help: people must look" >&2
elif [ "${VERIFY_ROLL_BACK:-no}" != yes ]; then
  echo "verify-deploy: requests fail; nothing was changed (VERIFY_ROLL_BACK is not yes)" >&2
elif ops diagnose high-error-rate --apply="$digest" --by="${VERIFY_BY:-the deploy}" \
  --because="requests fail after the deploy ${GITHUB_SHA:-}"; then
  echo "verify-deploy: went back, and requests are answered again; the deploy is a bad one" >&2
else
  echo "verify-deploy: going back is not verified: people must look, and read what stands above" >&2
fi
exit 1
