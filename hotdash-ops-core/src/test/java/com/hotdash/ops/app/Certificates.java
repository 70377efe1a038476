package com.hotdash.ops.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** A server's certificate, made by the JDK's own tool, and a transport that trusts it. */
public record Certificates(SSLContext context, X509TrustManager trust) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  public static Certificates make(Path folder, String name, String startdate, int days) {
    try {
      var file = folder.resolve(name + days + ".p12");
      var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
      var process =
          new ProcessBuilder(
                  tool,
                  "-J-XX:TieredStopAtLevel=1", // one key: what starts quickly is quickest
                  "-J-XX:+UseSerialGC",
                  "-genkeypair",
                  "-alias",
                  "server",
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=" + name,
                  "-ext",
                  "san=dns:" + name,
                  "-startdate",
                  startdate,
                  "-validity",
                  "" + days,
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  file.toString(),
                  "-storepass",
                  "changeit")
              .redirectErrorStream(true)
              .start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
      var store = KeyStore.getInstance("PKCS12");
      try (var in = Files.newInputStream(file)) {
        store.load(in, PASSWORD);
      }
      return of(store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Certificates of(KeyStore store) throws GeneralSecurityException {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
    return new Certificates(context, (X509TrustManager) trusted.getTrustManagers()[0]);
  }

  public SSLSocketFactory sockets() {
    return context.getSocketFactory();
  }

  public OkHttpClient transport() {
    return new OkHttpClient.Builder().sslSocketFactory(sockets(), trust).build();
  }
}
