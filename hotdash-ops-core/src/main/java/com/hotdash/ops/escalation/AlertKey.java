package com.hotdash.ops.escalation;

import com.hotdash.ops.diagnosis.Incident;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What makes two alerts the same problem, on every day and from every machine. It holds nothing
 * that changes while the problem lasts: no time, value, version or machine.
 *
 * @param environment such as {@code production}
 * @param incident the chapter of the runbook
 * @param subject what it is about, such as a group of routes or a workflow file; empty for all
 */
public record AlertKey(String environment, Incident incident, String subject) {
  private static final int DIGITS = 16;

  /** Checks that the environment is named. */
  public AlertKey {
    if (environment.isBlank()) {
      throw new IllegalArgumentException("an alert must name its environment");
    }
  }

  /**
   * Returns the fingerprint by which a place of delivery finds the problem again. Letter case and
   * surrounding space do not count.
   *
   * @return 16 hexadecimal digits
   */
  public String fingerprint() {
    try {
      var hash = MessageDigest.getInstance("SHA-256");
      add(hash, environment);
      add(hash, incident.id());
      add(hash, subject);
      return HexFormat.of().formatHex(hash.digest(), 0, DIGITS / 2);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** Length first, so that no two rows of texts run together into the same bytes. */
  private static void add(MessageDigest hash, String text) {
    var bytes = text.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    hash.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    hash.update(bytes);
  }

  @Override
  public String toString() {
    return "[" + environment + "] " + incident.title() + (subject.isBlank() ? "" : ": " + subject);
  }
}
