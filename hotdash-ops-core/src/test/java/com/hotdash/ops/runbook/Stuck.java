package com.hotdash.ops.runbook;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.secret.Redactor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Ports of which no reading ends, and no close once something was read: they heed no interrupt. */
final class Stuck implements AutoCloseable {
  private final CountDownLatch never = new CountDownLatch(1);

  <T> T port(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "identity" -> new Estate.Part(type.getSimpleName(), "stuck", null);
                  case "redactor" -> Redactor.SHAPES;
                  case "look" -> look(method.getReturnType());
                  default -> other(proxy, method, arguments);
                }));
  }

  private @Nullable Object other(Object port, Method method, Object[] arguments) throws Throwable {
    if (method.isDefault()) {
      return InvocationHandler.invokeDefault(port, method, arguments);
    }
    hang();
    throw new IllegalStateException(method + " was let go");
  }

  private Object look(Class<?> type) {
    var asked = new AtomicBoolean();
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          boolean close = method.getName().equals("close");
          if (!close || asked.get()) {
            asked.set(true);
            hang();
          }
          if (close) {
            return null;
          }
          throw new IllegalStateException(method + " was let go");
        });
  }

  private void hang() {
    boolean waits = true;
    while (waits) {
      try {
        never.await();
        waits = false;
      } catch (InterruptedException e) {
        waits = true; // what hangs in the kernel heeds it no more than this
      }
    }
  }

  /** Lets all threads go. */
  @Override
  public void close() {
    never.countDown();
  }
}
