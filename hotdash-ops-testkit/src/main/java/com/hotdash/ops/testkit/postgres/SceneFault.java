package com.hotdash.ops.testkit.postgres;

import java.util.List;

/** A fault whose sessions and changes are all of one scene, and end with it. */
abstract class SceneFault implements PgFault {
  final Scene scene;

  SceneFault(Scene scene) {
    this.scene = scene;
  }

  @Override
  public final List<Integer> pids() {
    return scene.pids();
  }

  @Override
  public final void close() {
    scene.close();
  }
}
