package com.hotdash.ops.examples.gameday;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That nothing is seen in a good report says something only if it is seen in a bad page. */
class BrowserIT {
  @Test
  void open_pageThatThrowsAndFetches_tellsBoth(@TempDir Path directory) throws Exception {
    assumeTrue(
        Files.isExecutable(Browser.CHROMIUM),
        "no browser at " + Browser.CHROMIUM + ": apt-get install chromium");
    var page =
        Files.writeString(
            directory.resolve("bad.html"),
            "<img src='http://127.0.0.1:9/pixel.png'><script>throw new Error('oops')</script>");

    try (var browser = Browser.start(directory.resolve("profile"))) {
      browser.open(page.toUri());

      assertThat(browser.complaints()).anyMatch(each -> each.contains("oops"));
      assertThat(browser.requested()).contains("http://127.0.0.1:9/pixel.png");
    }
  }
}
