package com.hotdash.ops.runbook;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Loads {@link CanaryModule} as from a jar of its own on the class path. */
final class OtherJar extends URLClassLoader {
  private static final String NAME = "com.hotdash.ops.runbook.CanaryModule";

  private OtherJar(URL directory) {
    super(new URL[] {directory}, OtherJar.class.getClassLoader());
  }

  /** Copies the class and its registration to a directory, and loads from there. */
  static OtherJar in(Path directory) throws IOException {
    var file = directory.resolve(NAME.replace('.', '/') + ".class");
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    try (var bytes = CanaryModule.class.getResourceAsStream("CanaryModule.class")) {
      Files.write(file, Objects.requireNonNull(bytes).readAllBytes());
    }
    var services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(services.resolve(VendorModule.class.getName()), NAME + "\n");
    return new OtherJar(url(directory));
  }

  private static URL url(Path directory) throws MalformedURLException {
    return directory.toUri().toURL();
  }

  /**
   * The test's own copy is in a named module, where registrations of the class path do not count.
   */
  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      if (!name.equals(NAME)) {
        return super.loadClass(name, resolve);
      }
      var loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }
}
