package com.hotdash.ops.metrics;

import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.text.Page;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one process exports at one moment. Counters in it are totals since the process began: a
 * value says nothing about now. Immutable and thread-safe.
 */
public final class Exposition {
  private final MetricsFormat format;
  private final Map<String, MetricFamily> families;
  private final Map<String, List<Sample>> samples;
  private final Map<String, MetricType> types;
  private final List<MetricsWarning> warnings;
  private final long warningCount;
  private final boolean partial;
  private final boolean truncated;

  Exposition(ExpositionBuilder built, List<MetricFamily> families) {
    this.format = built.format();
    this.warnings = List.copyOf(built.warnings());
    this.warningCount = built.warningCount();
    this.partial = built.partial();
    this.truncated = built.truncated();
    var byName = new LinkedHashMap<String, MetricFamily>();
    var typeOf = new LinkedHashMap<String, MetricType>();
    for (var family : families) {
      byName.put(family.name(), family);
      family.samples().forEach(sample -> typeOf.putIfAbsent(sample.name(), family.type()));
    }
    this.families = Collections.unmodifiableMap(byName);
    this.types = Collections.unmodifiableMap(typeOf);
    this.samples = Collections.unmodifiableMap(built.samples());
  }

  /**
   * Returns the grammar in which it was read.
   *
   * @return the format
   */
  public MetricsFormat format() {
    return format;
  }

  /**
   * Returns all families, in the order read.
   *
   * @return the families
   */
  public List<MetricFamily> families() {
    return List.copyOf(families.values());
  }

  /**
   * Returns one family.
   *
   * @param name the family's name
   * @return the family, if it is there
   */
  public Optional<MetricFamily> family(String name) {
    return Optional.ofNullable(families.get(name));
  }

  /**
   * Returns the samples of one name.
   *
   * @param name the sample's own name, such as {@code x_bucket}
   * @return its samples, in the order read; empty if it is not exported
   */
  public List<Sample> samples(String name) {
    return Collections.unmodifiableList(samples.getOrDefault(name, List.of()));
  }

  Map<String, List<Sample>> byName() {
    return samples;
  }

  MetricType typeOf(String sampleName) {
    return types.getOrDefault(sampleName, MetricType.UNKNOWN);
  }

  /**
   * Returns how many series were kept.
   *
   * @return the number
   */
  public int seriesCount() {
    return samples.values().stream().mapToInt(List::size).sum();
  }

  /**
   * Returns the first of what was wrong; see {@link #warningCount}.
   *
   * @return the warnings, bounded
   */
  public List<MetricsWarning> warnings() {
    return warnings;
  }

  /**
   * Returns how many warnings there were, those not kept included.
   *
   * @return the number
   */
  public long warningCount() {
    return warningCount;
  }

  /**
   * Returns whether something that was sent is not in here: a bad line, or all after a bound or a
   * broken connection. Families that were not asked for do not count.
   *
   * @return true if it is not the whole
   */
  public boolean partial() {
    return partial;
  }

  /**
   * Returns whether the end is missing: a bound was reached, the connection broke, or the mark of
   * the end was not there.
   *
   * @return true if it was cut
   */
  public boolean truncated() {
    return truncated;
  }

  /**
   * Returns the series whose name, label or label value holds a text, in any letter case.
   *
   * @param text the text, such as {@code error}
   * @return the series, sorted; their counters are totals since the process began, not rates
   */
  public MatchingSeries matching(String text) {
    return MatchingSeries.of(this, text);
  }

  /** Returns one line, and the warnings. */
  @Override
  public String toString() {
    var page = Page.builder().paragraph(summary());
    page.bullets(warnings.stream().map(MetricsWarning::toString).toList());
    return page.build().redacted(Redactor.SHAPES).toString();
  }

  String summary() {
    return String.format(
        Locale.ROOT,
        "%,d series in %,d families%s%s",
        seriesCount(),
        families.size(),
        truncated ? ", cut off" : partial ? ", partial" : "",
        warningCount == 0 ? "" : String.format(Locale.ROOT, ", %,d warnings", warningCount));
  }
}
