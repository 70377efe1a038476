package com.hotdash.ops.logs;

import java.time.Duration;

/** How long something took, and how its unit is known. */
record Took(Duration time, UnitSource unitSource) {}
