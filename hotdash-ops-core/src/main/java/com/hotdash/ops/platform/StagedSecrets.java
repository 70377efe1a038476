package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Reading;
import java.util.List;
import java.util.Set;

/** Says which secrets a roll-out would bring to which machines. */
final class StagedSecrets {
  private static final int MOST_NAMED = 10;

  private StagedSecrets() {}

  /**
   * Tells a change that rolls out.
   *
   * @param stored the secrets that the change itself stores, which are told of elsewhere
   */
  static void tell(Reading<List<SecretDigest>> read, Set<String> stored, ChangeDraft draft) {
    var all = read.toOptional().orElse(null);
    if (all == null) {
      draft.note(
          "Which secrets are staged was not read: "
              + read.obstacle().map(Object::toString).orElse("")
              + ".");
      return;
    }
    var others = all.stream().filter(each -> !stored.contains(each.name())).toList();
    var waiting = others.stream().filter(each -> each.spread().waits()).toList();
    waiting.stream()
        .limit(MOST_NAMED)
        .forEach(each -> draft.note("Machines take " + each.name() + ", too: " + each.spread()));
    if (waiting.size() > MOST_NAMED) {
      draft.note("and " + (waiting.size() - MOST_NAMED) + " more that are staged");
    }
    var unknown =
        others.stream()
            .filter(each -> each.spread().state() == SecretSpread.State.UNKNOWN)
            .filter(each -> !each.spread().waits())
            .map(SecretDigest::name)
            .toList();
    if (!unknown.isEmpty()) {
      draft.note(
          "Nobody can tell which machines have the present value of "
              + String.join(", ", unknown.subList(0, Math.min(MOST_NAMED, unknown.size())))
              + (unknown.size() > MOST_NAMED ? " and others." : "."));
    }
    if (stored.isEmpty() && waiting.isEmpty() && unknown.isEmpty()) {
      // One that was removed leaves no trace in the list, so this is no objection.
      draft.note(
          "No stored value waits for a machine: all reboot for nothing, unless a secret was removed.");
    }
  }
}
