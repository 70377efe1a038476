package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Finding;

/** Whether and why the application cannot get database connections, or cannot use them. */
public sealed interface DatabaseConnectionFinding extends Finding
    permits DatabaseReach, DatabaseSlots, DatabaseSessions, VendorTrouble {}
