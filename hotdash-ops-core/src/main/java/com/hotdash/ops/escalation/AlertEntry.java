package com.hotdash.ops.escalation;

import java.util.List;

/**
 * What is open of a problem, for all processes to see.
 *
 * @param address where a person reads it
 * @param remarks what was written under it since the problem began or came back, oldest first, by
 *     those who may work there: on a public place anybody can write
 */
public record AlertEntry(String address, List<Remark> remarks) {
  /** Copies the remarks. */
  public AlertEntry {
    remarks = List.copyOf(remarks);
  }
}
