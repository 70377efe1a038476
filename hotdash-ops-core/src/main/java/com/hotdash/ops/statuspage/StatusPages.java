package com.hotdash.ops.statuspage;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.http.HttpService;
import com.hotdash.ops.http.SideBySide;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The status pages of the vendors, by name. Thread-safe; closing it closes the pages. */
public final class StatusPages implements AutoCloseable {
  /** What each of the pages says. A page that could not be read is in it, as unread. */
  public static final ReadingKey<Map<String, Reading<PageStatus>>> PAGES =
      new ReadingKey<>("vendor status pages", "set HOTDASH_OPS_STATUSPAGE_URLS");

  /** How long reading all pages may take, unless said otherwise: as long as one diagnosis. */
  public static final Duration WITHIN = Duration.ofSeconds(15);

  private static final int AT_ONCE = 4;

  private final Map<String, StatusPage> pages;
  private final Map<String, NotChecked> unusable;
  private final SideBySide asking;
  private final Time time;

  private StatusPages(Builder from) {
    var all = new LinkedHashMap<String, StatusPage>();
    from.pages.forEach(
        page ->
            all.put(page.name(), new StatusPage(page, from.redactor, from.time, from.transport)));
    this.pages = Collections.unmodifiableMap(all);
    this.unusable = Collections.unmodifiableMap(new LinkedHashMap<>(from.unusable));
    this.asking = new SideBySide("status-pages", AT_ONCE);
    this.time = from.time;
  }

  /**
   * Begins a set of pages.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the names of the pages.
   *
   * @return the names, in the order in which they were configured
   */
  public Set<String> names() {
    return pages.keySet();
  }

  /**
   * Returns a page.
   *
   * @param name its name, in any letter case
   * @return the page
   * @throws IllegalArgumentException if none of that name is configured
   */
  public StatusPage page(String name) {
    return pages.entrySet().stream()
        .filter(each -> each.getKey().equalsIgnoreCase(name))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no status page \"" + name + "\" is configured, only " + names()));
  }

  /**
   * Tells which pages these are.
   *
   * @return one part for each page
   */
  public List<Estate.Part> identities() {
    return pages.values().stream().map(StatusPage::identity).toList();
  }

  /**
   * Reads all pages side by side, within {@link #WITHIN}. Never throws.
   *
   * @return a reading for each page, by name
   */
  public Map<String, Reading<PageStatus>> read() {
    return read(time.deadline(WITHIN));
  }

  /**
   * Reads all pages side by side. Never throws.
   *
   * @param deadline when to stop
   * @return a reading for each page, by name
   */
  public Map<String, Reading<PageStatus>> read(Deadline deadline) {
    var names = List.copyOf(names());
    var readings =
        asking.ask(names, deadline, name -> page(name).read(deadline), StatusPages::late);
    var all = new LinkedHashMap<String, Reading<PageStatus>>();
    for (int i = 0; i < names.size(); i++) {
      all.put(names.get(i), readings.get(i));
    }
    unusable.forEach((name, why) -> all.putIfAbsent(name, Reading.unread(why)));
    return Collections.unmodifiableMap(all);
  }

  private static Reading<PageStatus> late(String name) {
    return Reading.unread(
        new NotChecked(
            "status page of " + name, Why.TIMED_OUT, "the deadline came first", "allow more time"));
  }

  /** Ends what is being asked. */
  @Override
  public void close() {
    asking.close();
    pages.values().forEach(StatusPage::close);
  }

  /** Returns which pages there are. Reads nothing: {@link #read()} does. */
  @Override
  public String toString() {
    var all = new ArrayList<String>();
    identities().forEach(page -> all.add(page.identity()));
    unusable.values().forEach(why -> all.add(why.toString()));
    return "status pages: "
        + (all.isEmpty() ? "none" : String.join(", ", all))
        + "; read() asks them";
  }

  /** Gathers pages. Not thread-safe. */
  public static final class Builder {
    private final List<StatusPage.Settings> pages = new ArrayList<>();
    private final Map<String, NotChecked> unusable = new LinkedHashMap<>();
    private Redactor redactor = Redactor.SHAPES;
    private Time time = Time.SYSTEM;
    private UnaryOperator<HttpService.Builder> transport = UnaryOperator.identity();

    private Builder() {}

    /**
     * Adds a page.
     *
     * @param name how it is called here
     * @param address the page, such as {@code https://status.example.com}, or the whole address of
     *     its summary
     * @param componentWords what the names of the components of interest contain, in any case; none
     *     for all components
     * @return this builder
     */
    public Builder page(String name, String address, String... componentWords) {
      pages.add(new StatusPage.Settings(name, address, List.of(componentWords)));
      return this;
    }

    /**
     * Adds a page that was configured in a way that cannot be understood. It is told as not checked
     * whenever the pages are read.
     *
     * @param name how it is called here
     * @param why what cannot be understood; holds nothing of it
     * @param remedy how to set it right
     * @return this builder
     */
    public Builder unusable(String name, String why, String remedy) {
      unusable.put(name, new NotChecked("status page of " + name, Why.NOT_UNDERSTOOD, why, remedy));
      return this;
    }

    /**
     * Makes more credentials known, to be kept out of all text.
     *
     * @param more knows them
     * @return this builder
     */
    public Builder redactor(Redactor more) {
      redactor = redactor.and(more);
      return this;
    }

    /**
     * Sets the time that is used. Default the system's.
     *
     * @param time clock, ticker and sleeper
     * @return this builder
     */
    public Builder time(Time time) {
      this.time = time;
      return this;
    }

    /**
     * Changes how the pages are called, such as by a transport with a proxy.
     *
     * @param change is given each page's settings, and returns them changed
     * @return this builder
     */
    public Builder http(UnaryOperator<HttpService.Builder> change) {
      this.transport = change;
      return this;
    }

    /**
     * Makes the set. No connection is opened and no thread started.
     *
     * @return the pages
     * @throws IllegalArgumentException if an address is not one
     */
    public StatusPages build() {
      return new StatusPages(this);
    }
  }
}
