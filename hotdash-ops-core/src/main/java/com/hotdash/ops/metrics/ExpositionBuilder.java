package com.hotdash.ops.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Collects what the reader finds, within its bounds. */
final class ExpositionBuilder {
  private static final String BUCKET = "_bucket";

  private final MetricsFormat format;
  private final MetricsLimits limits;
  private final Map<String, Series> series = new LinkedHashMap<>();
  private final Map<String, Metadata> metadata = new LinkedHashMap<>();
  private final List<MetricsWarning> warnings = new ArrayList<>();
  private long warningCount;
  private long skipped;
  private int kept;
  private boolean partial;
  private boolean truncated;

  ExpositionBuilder(MetricsFormat format, MetricsLimits limits) {
    this.format = format;
    this.limits = limits;
  }

  void warn(long line, String text) {
    warningCount++;
    if (warnings.size() < limits.warnings()) {
      warnings.add(new MetricsWarning(line, text));
    }
  }

  /** Notes that something which was sent is left out. */
  void lost(long line, String text) {
    partial = true;
    warn(line, text);
  }

  void cut(long line, String text) {
    truncated = true;
    lost(line, text);
  }

  void skip() {
    skipped++;
  }

  /** Returns false if there is no room for it. */
  boolean add(Series owner, Sample sample, long hash, long line) {
    int known = owner.find(sample.labels(), hash);
    if (known >= 0) {
      var before = owner.samples().set(known, sample);
      // In OpenMetrics several points of one series may follow one another; the last is the newest.
      if (format == MetricsFormat.PROMETHEUS_TEXT
          || before.timestamp() == null
          || sample.timestamp() == null) {
        warn(line, "the series stands twice; the last one counts");
      }
      return true;
    }
    if (kept == limits.series()) {
      return false;
    }
    if (owner.samples().isEmpty()) {
      series.putIfAbsent(owner.name(), owner);
    }
    kept++;
    owner.add(sample, hash);
    return true;
  }

  Metadata metadata(String name) {
    return metadata.computeIfAbsent(name, Metadata::new);
  }

  /** Whether a family was described, with or without samples. */
  boolean describes() {
    return !metadata.isEmpty();
  }

  /** Whether a sample that belongs to a family of that type, and to no other, was read. */
  boolean hasSamples(String family, MetricType type) {
    return series.containsKey(family)
        || Arrays.stream(type.suffixes())
            .map(suffix -> family + suffix)
            .anyMatch(name -> series.containsKey(name) && !typed(name));
  }

  private boolean typed(String name) {
    var said = metadata.get(name);
    return said != null && said.type != null;
  }

  /** Warns of histograms whose buckets do not fit together, once for each. */
  void checkHistograms(Predicate<String> wanted) {
    for (var one : series.values()) {
      if (one.name().endsWith(BUCKET) && one.samples().get(0).labels().get("le") != null) {
        var base = one.name().substring(0, one.name().length() - BUCKET.length());
        var problem = HistogramCheck.problem(base, one, count(base));
        if (problem != null) {
          warn(0, problem);
        }
      }
    }
    for (var said : metadata.values()) {
      boolean histogram =
          said.type == MetricType.HISTOGRAM || said.type == MetricType.GAUGEHISTOGRAM;
      if (histogram
          && count(said.name) != null
          && !series.containsKey(said.name + BUCKET)
          && wanted.test(said.name + BUCKET)) {
        warn(0, HistogramCheck.withoutBuckets(said.name));
      }
    }
  }

  private @Nullable Series count(String base) {
    var count = series.get(base + "_count");
    return count == null ? series.get(base + "_gcount") : count;
  }

  Exposition build() {
    var members = new LinkedHashMap<String, List<Sample>>();
    metadata.keySet().forEach(name -> members.put(name, new ArrayList<>()));
    series.forEach(
        (name, one) ->
            members
                .computeIfAbsent(familyOf(name), family -> new ArrayList<>())
                .addAll(one.samples()));
    var families = new ArrayList<MetricFamily>();
    members.forEach(
        (name, samples) -> {
          var said = metadata.getOrDefault(name, new Metadata(name));
          var type = said.type == null ? MetricType.UNKNOWN : said.type;
          families.add(new MetricFamily(name, type, said.help, said.unit, samples));
        });
    return new Exposition(this, families);
  }

  private String familyOf(String sample) {
    var own = metadata.get(sample);
    if (own != null && own.type != null) {
      return sample;
    }
    int at = sample.lastIndexOf('_');
    if (at > 0) {
      var said = metadata.get(sample.substring(0, at));
      if (said != null && said.type != null) {
        for (var suffix : said.type.suffixes()) {
          if (suffix.equals(sample.substring(at))) {
            return said.name;
          }
        }
      }
    }
    return sample;
  }

  Map<String, List<Sample>> samples() {
    var byName = new LinkedHashMap<String, List<Sample>>();
    series.forEach((name, one) -> byName.put(name, one.samples()));
    return byName;
  }

  MetricsFormat format() {
    return format;
  }

  List<MetricsWarning> warnings() {
    return warnings;
  }

  long warningCount() {
    return warningCount;
  }

  long skipped() {
    return skipped;
  }

  int kept() {
    return kept;
  }

  boolean partial() {
    return partial;
  }

  boolean truncated() {
    return truncated;
  }
}
