package com.hotdash.ops.observation;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.statuspage.PageStatus;
import com.hotdash.ops.statuspage.StatusPages;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.util.Map;
import java.util.Set;

/** Reads the status pages of vendors. Thread-safe. */
public final class StatusPageSource implements Source {
  private final StatusPages pages;
  private final Time time;

  /**
   * Wraps the pages.
   *
   * @param pages the pages; stay the caller's
   * @param time tells when they were read
   */
  public StatusPageSource(StatusPages pages, Time time) {
    this.pages = pages;
    this.time = time;
  }

  @Override
  public Set<ReadingKey<?>> keys() {
    return Set.of(StatusPages.PAGES);
  }

  @Override
  public Look open(Deadline deadline) {
    return new LookThread() {
      @Override
      public void read(Sink sink) {
        put(sink, StatusPages.PAGES, () -> reading(pages.read(deadline)));
      }
    };
  }

  private Reading<Map<String, Reading<PageStatus>>> reading(Map<String, Reading<PageStatus>> all) {
    long read = all.values().stream().filter(one -> one instanceof Reading.Read).count();
    return Reading.of(
        all,
        Evidence.of(
                read + " of " + all.size() + " status pages could be read",
                "weak: vendor pages lag; " + String.join(", ", all.keySet()),
                time.now())
            .withCoverage(read + " of " + all.size() + " pages"));
  }
}
