package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Finding;

/** Whether the shop's interface serves the application, and what its calls cost. */
public sealed interface ShopApiErrorsFinding extends Finding
    permits ShopState, ShopPoints, ShopUse, VendorTrouble {}
