package com.hotdash.ops.diagnosis;

/**
 * Something that must not be done now, however near it lies.
 *
 * @param id the stable id of what must not be done
 * @param what what must not be done
 * @param because what it would do here
 */
public record Contraindication(String id, String what, String because) {}
