package com.hotdash.ops.secret;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes credentials out of text. It knows two kinds: the secrets it was given, raw and in every
 * encoding they travel in, and shapes that are credentials wherever they appear (a password inside
 * a URL, an {@code Authorization} header, the tokens of the services we speak to).
 *
 * <p>Everything that leaves the library goes through one of these. Thread-safe; {@link #and} gives
 * a wider one.
 */
public final class Redactor {
  /** What stands where a credential stood. */
  public static final String MASK = "***";

  /** Masks shapes only: it was given no secret. */
  public static final Redactor SHAPES = Redactor.of(List.of());

  // A secret shorter than this would tear holes into ordinary words; inside URLs and headers the
  // shapes below still catch it.
  private static final int SHORTEST = 4;

  // The name of a shell's variable in the place of a value is what a person is to type.
  private static final String NO_VARIABLE =
      "(?!(?-i:\\$(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|\\{[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+}))(?=[\\s\"'&,;]|$))";

  private static final List<Shape> KNOWN_SHAPES =
      List.of(
          // Up to the last @ of the authority: passwords hold raw @ and : in the wild.
          new Shape("(://[^\\s/?#:@]*:)[^\\s/?#]*(@)", "$1" + MASK + "$2"),
          // In quotes a password goes to the closing one, spaces and commas included.
          new Shape(
              "(?i)((?:password|passwd|pwd|pgpassword|sslpassword|secret|token|api_?key)"
                  + "[\"']?\\s*[=:]\\s*)([\"'])(?:\\\\.|(?!\\2)[^\\\\\\n]){1,400}+\\2",
              "$1$2" + MASK + "$2"),
          new Shape(
              "(?i)((?:password|passwd|pwd|pgpassword|sslpassword|secret|token|api_?key)"
                  + "[\"']?\\s*[=:]\\s*[\"']?)"
                  + NO_VARIABLE
                  + "[^\\s\"'&,;}]+",
              "$1" + MASK),
          new Shape("(?i)(\\b(?:bearer|basic|flyv1)\\s+)[A-Za-z0-9+/._=,:~-]{8,}", "$1" + MASK),
          new Shape("\\b(?:shpat|shpca|shppa|shpss|shprt|shpua)_[A-Za-z0-9]{8,}", MASK),
          new Shape("\\b(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,})", MASK),
          new Shape("\\b(?:fm[12][ar]?|fo1)_[A-Za-z0-9+/=_-]{8,}", MASK),
          new Shape("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}", MASK),
          new Shape("(?i)\\b(?:sb_secret|sbp)_[A-Za-z0-9_-]{8,}", MASK));

  private final List<Secret> secrets;
  private final List<SecretForm> forms;

  private Redactor(List<Secret> secrets, Stream<SecretForm> forms) {
    this.secrets = List.copyOf(secrets);
    // Longest first, or masking a secret that is a part of another would leave its rest standing.
    this.forms =
        forms.distinct().sorted(Comparator.comparingInt(SecretForm::length).reversed()).toList();
  }

  /**
   * Makes a redactor that knows some secrets.
   *
   * @param secrets the secrets; those of fewer than four characters are masked in URLs and headers
   *     only
   * @return the redactor
   */
  public static Redactor of(Collection<Secret> secrets) {
    return new Redactor(
        List.copyOf(secrets),
        secrets.stream()
            .map(Secret::reveal)
            .filter(value -> value.length() >= SHORTEST)
            .map(SecretForm::new));
  }

  /**
   * Makes a redactor that knows the secrets of both.
   *
   * @param other the other redactor
   * @return the wider redactor
   */
  public Redactor and(Redactor other) {
    if (secrets.containsAll(other.secrets)) {
      return this;
    }
    var both = new ArrayList<>(secrets);
    both.addAll(other.secrets);
    return new Redactor(both, Stream.concat(forms.stream(), other.forms.stream()));
  }

  /**
   * Takes all credentials out of a text.
   *
   * @param text any text
   * @return the same text with {@value #MASK} where a credential stood
   */
  public String redact(String text) {
    var clean = text;
    for (var form : forms) {
      clean = form.mask(clean);
    }
    for (var shape : KNOWN_SHAPES) {
      clean = shape.mask(clean);
    }
    return clean;
  }

  /**
   * Returns whether a text holds a credential. Such a text is refused before it is written
   * anywhere, never written altered.
   *
   * @param text any text
   * @return true if {@link #redact} would change it
   */
  public boolean wouldAlter(String text) {
    return !redact(text).equals(text);
  }

  /**
   * Makes a cause safe to attach to an exception that somebody will print.
   *
   * @param cause any exception, or {@code null}
   * @return the cause itself if nothing in its chain holds a credential, else a stand-in with the
   *     same stack trace and redacted messages
   */
  public @Nullable Throwable cause(@Nullable Throwable cause) {
    return cause == null || clean(cause, 0) ? cause : RedactedCause.of(cause, this, 0);
  }

  private boolean clean(@Nullable Throwable cause, int depth) {
    if (cause == null) {
      return true;
    }
    if (depth > RedactedCause.DEEPEST || wouldAlter(cause.toString())) {
      return false;
    }
    for (var suppressed : cause.getSuppressed()) {
      if (!clean(suppressed, depth + 1)) {
        return false;
      }
    }
    return clean(cause.getCause(), depth + 1);
  }

  @Override
  public String toString() {
    return "Redactor[" + secrets.size() + " secrets]";
  }

  private record Shape(Pattern pattern, String replacement) {
    Shape(String pattern, String replacement) {
      this(Pattern.compile(pattern), replacement);
    }

    String mask(String text) {
      Matcher matcher = pattern.matcher(text);
      return matcher.find() ? matcher.replaceAll(replacement) : text;
    }
  }
}
