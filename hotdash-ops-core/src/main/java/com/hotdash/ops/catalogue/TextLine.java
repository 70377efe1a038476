package com.hotdash.ops.catalogue;

import com.hotdash.ops.diagnosis.Incident;
import org.jspecify.annotations.Nullable;

/**
 * One line of the runbook as it is written.
 *
 * @param id its place, such as {@code R4.R2a}
 * @param kind what kind of line it is
 * @param incident the chapter that it stands in, or {@code null}
 * @param under the step and the comments that it stands under; may be empty
 * @param text the line itself, as written
 */
record TextLine(String id, LineKind kind, @Nullable Incident incident, String under, String text) {}
