package com.hotdash.ops.procedure;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.statuspage.PageStatus;
import java.util.List;

/**
 * A vendor's status page that tells of trouble. Weak: pages lag the trouble, so this decides
 * nothing, and the diagnosis comes to the same without it.
 *
 * @param page what the page says
 * @param evidence where it was read
 */
public record VendorTrouble(PageStatus page, List<Evidence> evidence)
    implements DatabaseConnectionFinding, ShopApiErrorsFinding {
  /** Copies the list. */
  public VendorTrouble {
    evidence = List.copyOf(evidence);
  }

  @Override
  public String id() {
    return "vendor.status-page";
  }

  @Override
  public Severity weight() {
    return Severity.INFO;
  }

  @Override
  public Verdict verdict() {
    return Verdict.UNKNOWN;
  }

  @Override
  public String summary() {
    return page + " (weak: vendor pages lag)";
  }
}
