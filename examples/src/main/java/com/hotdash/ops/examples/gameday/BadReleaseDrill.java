package com.hotdash.ops.examples.gameday;

/** The second incident: a release that fails for some of its customers. */
final class BadReleaseDrill implements Drill {
  @Override
  public String title() {
    return "Bad release raises the error rate";
  }

  @Override
  public String story() {
    return "A release goes out to all four machines, and from then on it fails two of five requests"
        + " for orders. The runbook's own cure takes the second line of the list of releases,"
        + " whatever it is. This one looks which release the errors began with, goes back to the"
        + " image before it machine by machine, and measures afterwards.";
  }
}
