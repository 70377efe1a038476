/** Reports of everything, as text, Markdown, JSON and HTML. */
@NullMarked
package com.hotdash.ops.report;

import org.jspecify.annotations.NullMarked;
