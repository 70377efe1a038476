package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Incident;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens in the whole world.
 *
 * @param name what happens, in a few words
 * @param injected the incident that a person would have to see to first; none if all is well or
 *     cannot be told
 * @param happens what is changed in the healthy world
 */
record WholeScene(String name, @Nullable Incident injected, Consumer<WholeWorld> happens) {
  static WholeScene of(@Nullable Incident injected, String name, Consumer<WholeWorld> happens) {
    return new WholeScene(name, injected, happens);
  }

  WholeWorld world() {
    return change(new WholeWorld());
  }

  WholeWorld change(WholeWorld world) {
    happens.accept(world);
    return world;
  }

  @Override
  public String toString() {
    return name;
  }
}
