package com.hotdash.ops.catalogue;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.text.Page;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A reading, and how a person reads it.
 *
 * @param key what is read
 * @param write adds its value to a page
 * @param inner what within the value could not be read
 * @param <T> what is read
 */
record Shown<T>(
    ReadingKey<T> key, BiConsumer<Page.Builder, T> write, Function<T, List<NotChecked>> inner) {
  Shown(ReadingKey<T> key, BiConsumer<Page.Builder, T> write) {
    this(key, write, value -> List.of());
  }

  /** Adds what was read, and to the gaps why something was not; returns whether anything was. */
  boolean addTo(Page.Builder page, Observation seen, List<NotChecked> gaps) {
    if (seen.get(key) instanceof Reading.Read<T> read) {
      page.heading(2, key.name());
      write.accept(page, read.value());
      page.fact("Source", read.evidence().toString());
      gaps.addAll(inner.apply(read.value()));
      return true;
    }
    seen.get(key).obstacle().ifPresent(gaps::add);
    return false;
  }
}
