package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Finding;

/** Whether too many requests fail, since when, and what points to the cause. */
public sealed interface HighErrorRateFinding extends Finding
    permits ErrorShares, ErrorSigns, ProxyErrors {}
