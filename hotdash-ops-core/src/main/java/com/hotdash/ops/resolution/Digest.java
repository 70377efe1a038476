package com.hotdash.ops.resolution;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * The fingerprint of a change: of what would be done to which object, and of what is assumed.
 * Labels, times, evidence and texts are left out, so that the same change has the same fingerprint
 * in another process.
 */
final class Digest {
  private final MessageDigest hash;

  private Digest() {
    try {
      hash = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** Returns 16 hexadecimal digits: short enough to read out on a call, and nobody attacks it. */
  static String of(Proposal proposal) {
    var digest = new Digest();
    digest.add(proposal.action());
    digest.add(proposal.target());
    digest.add(proposal.targetAssumes());
    for (var step : proposal.steps()) {
      digest.add(step);
    }
    return HexFormat.of().formatHex(digest.hash.digest(), 0, 8);
  }

  private void add(Step step) {
    add(step.kind());
    add(step.target());
    add(step.assumes());
    add(step.before());
    add(step.after());
    add(step.undo() == null ? "no undo" : "undo");
    if (step.undo() != null) {
      add(step.undo());
    }
  }

  private void add(Target target) {
    add(target.kind());
    add(target.id());
  }

  private void add(Map<String, String> sorted) {
    add(Integer.toString(sorted.size()));
    sorted.forEach(
        (name, value) -> {
          add(name);
          add(value);
        });
  }

  /** Length first, so that no two sequences of texts run together into the same bytes. */
  private void add(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    hash.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    hash.update(bytes);
  }
}
