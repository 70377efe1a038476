/** A small page model, and the plain text, Markdown and HTML that are made from it. */
@NullMarked
package com.hotdash.ops.text;

import org.jspecify.annotations.NullMarked;
