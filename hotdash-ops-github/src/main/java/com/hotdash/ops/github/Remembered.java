package com.hotdash.ops.github;

import com.hotdash.ops.http.HttpAnswer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers by the address that they came from, with the tag by which GitHub tells whether they still
 * hold. None is ever used without having asked: 304 does not count against the hourly limit
 * (facts/github-and-status.md section 4), which is all that this saves. Thread-safe.
 */
final class Remembered {
  // A page of a hundred runs is about 1.5 MB as GitHub sends it.
  private static final int LARGEST = 2 * 1024 * 1024;
  private static final int MOST_BYTES = 8 * 1024 * 1024;
  private static final int MOST = 64;

  private final Map<String, Known> byAddress = new LinkedHashMap<>(16, 0.75f, true);
  private int bytes;

  synchronized @Nullable Known find(String address) {
    return byAddress.get(address);
  }

  /** Takes the place of what was known; the answer that was asked for longest ago goes first. */
  synchronized void keep(String address, HttpAnswer answer) {
    forget(byAddress.remove(address));
    var tag = answer.header("ETag").orElse("");
    int size = answer.bytes().length;
    if (answer.status() != 200 || tag.isEmpty() || size > LARGEST) {
      return;
    }
    byAddress.put(address, new Known(tag, answer, size));
    bytes += size;
    var oldest = byAddress.values().iterator();
    while (byAddress.size() > MOST || bytes > MOST_BYTES) {
      var gone = oldest.next();
      oldest.remove();
      forget(gone);
    }
  }

  private void forget(@Nullable Known known) {
    bytes -= known == null ? 0 : known.size;
  }

  /** An answer that held when it came. */
  record Known(String tag, HttpAnswer answer, int size) {}
}
