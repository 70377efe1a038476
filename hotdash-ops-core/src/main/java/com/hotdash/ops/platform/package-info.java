/** The platform that runs the application: its machines and releases, and the changes to them. */
@NullMarked
package com.hotdash.ops.platform;

import org.jspecify.annotations.NullMarked;
