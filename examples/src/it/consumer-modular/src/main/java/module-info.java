/** Somebody else's module. */
module modular {
  requires com.hotdash.ops.postgres;

  exports modular;
}
