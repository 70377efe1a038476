package com.hotdash.ops.catalogue;

import static com.hotdash.ops.catalogue.Ways.judged;
import static com.hotdash.ops.catalogue.Ways.planned;
import static com.hotdash.ops.catalogue.Ways.read;
import static com.hotdash.ops.diagnosis.Incident.SECRET_ROTATION_ISSUES;

import com.hotdash.ops.procedure.SecretRotationIssuesFinding.HalfPair;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.LiveLogin;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.Refusals;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.Spread;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.StartFailure;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.Stored;
import java.util.List;

/** Secret rotation issues. */
final class Chapter8Lines {
  private static final String SECRETS = "secretRotationIssues()";

  private Chapter8Lines() {}

  static List<Entry> entries() {
    return List.of(
        Entry.of(
            "R8.S1",
            "after has to be measured",
            SECRETS + " compares the onset with when secrets were stored",
            judged(SECRET_ROTATION_ISSUES, Refusals.class)),
        Entry.of(
            "R8.S2",
            "missing, empty and badly quoted values look alike",
            SECRETS
                + " compares with the secrets that HotDash needs; a plan objects to a badly copied value",
            judged(SECRET_ROTATION_ISSUES, Stored.class, StartFailure.class)),
        Entry.of(
            "R8.S3",
            "half of a pair, or another user of the secret, is still old",
            SECRETS + " tells half-changed pairs, and who else still has the old value",
            judged(SECRET_ROTATION_ISSUES, HalfPair.class, Spread.class, LiveLogin.class)),
        Entry.of(
            "R8.D1",
            "",
            "each secret's digest, when it was stored, and which machines have it",
            read(PlatformReadings.SECRETS)),
        Entry.of(
            "R8.D2",
            "takes author and success, and misses 401 and capital letters",
            SECRETS + " reads refused logins by system",
            judged(SECRET_ROTATION_ISSUES, Refusals.class)),
        Entry.of(
            "R8.R1",
            "that it exists does not say that it is right, or that machines have it",
            SECRETS + " tells which machines have the newest value, and tries the logins",
            judged(SECRET_ROTATION_ISSUES, Stored.class, Spread.class, LiveLogin.class)),
        Entry.of(
            "R8.R2",
            "DANGER: the old one may be revoked, or the one that leaked; the value stands in the"
                + " shell's history",
            "ops.platform().setSecret(name, place): from a place, never a value; not if it leaked",
            planned(Changes::setSecret),
            Changes.SECRET,
            Changes.PLACE),
        Entry.of(
            "R8.R3a",
            "does not say since when",
            "when each machine started, beside when each secret was stored",
            read(PlatformReadings.MACHINES, PlatformReadings.SECRETS)),
        Entry.of(
            "R8.R3b",
            "DANGER: one restarted machine takes staged values beside others that have old ones",
            "ops.platform().deploySecrets(): all machines, one release",
            planned(question -> question.ops().platform().deploySecrets())),
        Entry.told(
            "R8.P1",
            "",
            "ops.platform().setSecret(name, place): objected to until staging has been through it"),
        Entry.told(
            "R8.P2",
            "",
            "ops.shopifyApiErrors().rotateSecret(…) is the procedure; its page is Markdown too"),
        Entry.told(
            "R8.P3",
            "where? A copy is one more place to leak from",
            "an undo names the place of the old value; keeping it there is the vault's matter"));
  }
}
