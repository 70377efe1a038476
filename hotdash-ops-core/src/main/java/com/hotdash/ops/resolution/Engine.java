package com.hotdash.ops.resolution;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.resolution.Resolution.Proposer;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Limits;
import com.hotdash.ops.time.Time;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes changes from plan to verification: shown first, made once, journalled, verified after,
 * taken back where that can be. It knows no port; what it changes, it changes through the {@link
 * Action}s it was given. Thread-safe.
 */
public final class Engine {
  private static final Duration APPROVAL_LASTS = Duration.ofMinutes(10);

  private final Time time;
  private final Stores stores;
  private final Policy policy;
  private final @Nullable String operator;
  private final Redactor redactor;
  private final Estate estate;
  private final TimeLimits limits;
  private final RandomGenerator random;
  private final Audience audience;
  private final Map<String, Action> actions;

  private Engine(Builder builder) {
    time = builder.time;
    stores =
        new Stores(
            builder.journal,
            builder.locks,
            builder.hasStandby,
            builder.standbyJournal,
            builder.standbyLocks,
            builder.storeWithin);
    policy = builder.policy;
    operator = builder.operator;
    redactor = builder.redactor;
    estate = builder.estate;
    limits =
        new TimeLimits(
            builder.planWithin, builder.stepWithin, builder.applyWithin, builder.patience);
    random = builder.random;
    audience = new Audience(builder.progress, builder.witness, redactor);
    actions = Map.copyOf(builder.actions);
  }

  /**
   * Begins to configure an engine.
   *
   * @return a builder with a journal in memory, locks of its own, and the default policy
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Makes something that can be done. Reads nothing.
   *
   * @param action the id of an action that the engine was given
   * @param proposer finds out what would have to be changed
   * @return the resolution
   * @throws IllegalArgumentException if the engine has no such action
   */
  public Resolution resolution(String action, Proposer proposer) {
    var known = actions.get(action);
    if (known == null) {
      throw new IllegalArgumentException("no such action: " + action);
    }
    return new Resolution(this, known, proposer);
  }

  /**
   * Finds the executions that crashed, were stopped, or have a step of unknown outcome.
   *
   * @return one record each, oldest first
   * @throws JournalException if the journal can't be read
   */
  public List<ExecutionRecord> pending() {
    return ExecutionRecord.fold(stores.entries(Journal::open)).stream()
        .filter(ExecutionRecord::pending)
        .toList();
  }

  /**
   * Finds all that was done.
   *
   * @param since leaves out executions that began before
   * @return one record each, oldest first
   * @throws JournalException if the journal can't be read
   */
  public List<ExecutionRecord> history(Instant since) {
    return ExecutionRecord.fold(entries()).stream()
        .filter(record -> !record.started().at().isBefore(since))
        .toList();
  }

  /**
   * Tells whether somebody works on the target of a pending execution right now, by trying its
   * lock: what looks as if it had crashed may only not be over.
   *
   * @param execution one that is pending
   * @return who holds the lock, or empty if nobody does
   */
  public Optional<String> underWay(ExecutionRecord execution) {
    return KeptLock.heldBy(new Ledger(this, false), execution.started().proposal().target());
  }

  /**
   * Finds what was done to a target.
   *
   * @param target the target of a plan or of a step
   * @param since leaves out executions that began before
   * @return one record each, oldest first
   * @throws JournalException if the journal can't be read
   */
  public List<ExecutionRecord> history(Target target, Instant since) {
    return ExecutionRecord.fold(entries()).stream()
        .filter(record -> record.concerns(target, since))
        .toList();
  }

  /**
   * Goes on with a pending execution, also with one of another process. First it finds out by
   * looking what became of steps whose outcome is unknown; a step that was made is not made again.
   *
   * @param execution the execution's id
   * @param because why; goes into the journal
   * @return what was done, now and before
   * @throws RefusedException if it must not go on; nothing was changed
   */
  public Execution resume(String execution, String because) {
    return new Recovery(this).resume(execution, because);
  }

  /**
   * Closes a pending execution as it stands. Changes nothing.
   *
   * @param execution the execution's id
   * @param because why; goes into the journal
   * @throws RefusedException if there is no such execution, or it is over
   */
  public void giveUp(String execution, String because) {
    new Recovery(this).giveUp(execution, because);
  }

  /**
   * Returns an execution as the journal tells it, also one of another process: to be verified.
   *
   * @param execution the execution's id
   * @return what was done
   * @throws PlanException if the journal knows none of that id
   */
  public Execution execution(String execution) {
    return new Recovery(this).execution(execution);
  }

  /** Says why a pending execution is not over. */
  String state(ExecutionRecord pending) {
    return underWay(pending)
        .map(holder -> holder + " works on its target right now")
        .orElse("it crashed or was stopped; resume(\"" + pending.id() + "\", why)");
  }

  /**
   * Plans to take back what an execution made, last step first.
   *
   * @param execution the execution's id, also of another process
   * @return the plan
   * @throws PlanException if nothing was made that can be taken back
   */
  public Plan undo(String execution) {
    return new Recovery(this).undo(execution);
  }

  Plan plan(Resolution resolution) {
    var proposal = resolution.propose(time.deadline(limits.planning()));
    if (proposal instanceof Reading.Read<Proposal> read) {
      return new Plan(this, resolution, resolution.action(), read.value(), Map.of(), null);
    }
    var obstacle = proposal.obstacle().orElseThrow();
    throw new PlanException(
        Fault.of(
                "runbook",
                resolution.id(),
                "no plan, because the world could not be looked at: "
                    + obstacle.what()
                    + ", "
                    + obstacle.detail())
            .withNextStep(obstacle.remedy()));
  }

  Execution apply(Plan plan, String because) {
    var until = time.now().plus(APPROVAL_LASTS);
    return apply(plan, new Approval(operator(plan.proposal()), because, plan.digest(), until));
  }

  Execution apply(Plan plan, Approval approval) {
    return new Application(this, plan, approval).apply();
  }

  List<Objection> objections(Plan plan) {
    return new Preflight(this).remaining(plan);
  }

  Verification verify(Execution execution, Patience howLong) {
    var proposal = execution.proposal();
    var action = action(proposal);
    Symptom symptom =
        execution.undoes() == null
            ? action.symptom(proposal)
            : new Restored(action, proposal, time.clock());
    var verification = new Verifier(time, symptom, execution.lastWrite(), howLong).verify();
    try {
      new Ledger(this, false)
          .append(
              new JournalEntry.Verified(
                  execution.id(),
                  time.now(),
                  verification.result(),
                  redactor.redact(verification.detail())));
      audience.measured(execution, verification);
      return verification;
    } catch (JournalException e) {
      // What was measured is worth more than its line in the journal.
      return verification.noting("not journalled: " + e.problem());
    }
  }

  /** Names who answers for a change. */
  String operator(Proposal proposal) {
    if (operator == null) {
      throw new RefusedException(
          proposal.action(),
          List.of(
              Objection.hard(
                  "no-operator",
                  "nobody answers for the change",
                  "set HOTDASH_OPS_OPERATOR, or name yourself: runbook.as(\"sam\")")));
    }
    return operator;
  }

  Action action(Proposal proposal) {
    return Optional.ofNullable(actions.get(proposal.action()))
        .orElseThrow(
            () ->
                new RefusedException(
                    proposal.action(),
                    List.of(
                        Objection.hard(
                            "unknown-action",
                            "this runbook is not configured for " + proposal.action(),
                            "configure the same systems as the process that began it"))));
  }

  String newId() {
    return Long.toString(time.clock().millis() / 1000, 36)
        + "-"
        + Integer.toString(random.nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
  }

  Time time() {
    return time;
  }

  Stores stores() {
    return stores;
  }

  /** Tells why the kill switch is thrown. One that cannot be asked counts as thrown. */
  Optional<String> killed() {
    try {
      return policy.killSwitch().thrown().map(redactor::redact);
    } catch (RuntimeException e) {
      return Optional.of(redactor.redact("it could not be asked: " + e));
    }
  }

  Policy policy() {
    return policy;
  }

  Redactor redactor() {
    return redactor;
  }

  Estate estate() {
    return estate;
  }

  Patience patience(Proposal proposal) {
    return limits.patience(action(proposal), proposal);
  }

  TimeLimits limits() {
    return limits;
  }

  Audience audience() {
    return audience;
  }

  /**
   * Reads all that is journalled, in the journal and in the one that stands by. A silent journal is
   * waited for no longer than anybody waits for a store.
   *
   * @return the entries, oldest first
   * @throws JournalException if they can't be read: what they tell of is not nothing
   */
  public List<JournalEntry> entries() {
    return stores.entries(Journal::entries);
  }

  /** Configures an engine. Not thread-safe. */
  public static final class Builder {
    private Time time = Time.SYSTEM;
    private Journal journal = new MemoryJournal();
    private Locks locks = new InProcessLocks();
    private Consumer<JournalEntry> progress = entry -> {};
    private boolean hasStandby;
    private Journal standbyJournal = new MemoryJournal();
    private Locks standbyLocks = new InProcessLocks();
    private Policy policy = Policy.DEFAULT;
    private @Nullable String operator;
    private Redactor redactor = Redactor.SHAPES;
    private Estate estate = new Estate(null, List.of());
    private @Nullable Patience patience;
    private Duration planWithin = Duration.ofSeconds(15);
    private @Nullable Duration stepWithin;
    private @Nullable Duration applyWithin;
    private Duration storeWithin = Duration.ofSeconds(2);
    private RandomGenerator random = new SecureRandom();
    private Witness witness = Witness.NONE;
    private final Map<String, Action> actions = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Sets all time. Default: the system's.
     *
     * @param source the time
     * @return this builder
     */
    public Builder time(Time source) {
      time = source;
      return this;
    }

    /**
     * Sets the journal. Default: in memory, which ends with the process.
     *
     * @param store the journal
     * @return this builder
     */
    public Builder journal(Journal store) {
      journal = store;
      return this;
    }

    /**
     * Sets the locks. Default: within this engine.
     *
     * @param store the locks
     * @return this builder
     */
    public Builder locks(Locks store) {
      locks = store;
      return this;
    }

    /**
     * Sets what stands by for a journal and a lock store that can fail, such as a database's: they
     * take over when those are silent or answer with an error, and the execution says so. Default:
     * none; then silence falls back to memory, and a journal's error is an error.
     *
     * @param other another journal, such as a file
     * @param others other locks, such as those beside the file
     * @return this builder
     */
    public Builder standby(Journal other, Locks others) {
      hasStandby = true;
      standbyJournal = other;
      standbyLocks = others;
      return this;
    }

    /**
     * Sets who hears of each line as it is journalled: that a change begins, with its id, each step
     * before and after it is made, the end. Called on the threads that make the steps, which wait
     * for it. Default: nobody.
     *
     * @param listener hears of it; what it throws is ignored
     * @return this builder
     */
    public Builder progress(Consumer<JournalEntry> listener) {
      progress = listener;
      return this;
    }

    /**
     * Sets the policy. Default: {@link Policy#DEFAULT}.
     *
     * @param allowed what may be done
     * @return this builder
     */
    public Builder policy(Policy allowed) {
      policy = allowed;
      return this;
    }

    /**
     * Names who answers for changes that are applied without an approval. Default: nobody, and such
     * changes are refused.
     *
     * @param name the name, or {@code null} for nobody
     * @return this builder
     */
    public Builder operator(@Nullable String name) {
      operator = name == null || name.isBlank() ? null : name;
      return this;
    }

    /**
     * Sets the redactor, which knows the secrets in use. Default: shapes only.
     *
     * @param knowing the redactor
     * @return this builder
     */
    public Builder redactor(Redactor knowing) {
      redactor = knowing;
      return this;
    }

    /**
     * Sets the estate that stands at the head of each plan.
     *
     * @param changed the estate
     * @return this builder
     */
    public Builder estate(Estate changed) {
      estate = changed;
      return this;
    }

    /**
     * Sets how long a verification looks. Default: what the change's {@link Action} says.
     *
     * @param howLong the patience, or {@code null} for the default
     * @return this builder
     */
    public Builder patience(@Nullable Patience howLong) {
      patience = howLong;
      return this;
    }

    /**
     * Limits the reading for one plan. Default 15 s.
     *
     * @param limit the limit, more than zero
     * @return this builder
     */
    public Builder planWithin(Duration limit) {
      planWithin = Limits.positive(limit, "planWithin");
      return this;
    }

    /**
     * Limits the wait for the effect of one step. Default: what the change's {@link Action} says.
     *
     * @param limit the limit, more than zero
     * @return this builder
     */
    public Builder stepWithin(Duration limit) {
      stepWithin = Limits.positive(limit, "stepWithin");
      return this;
    }

    /**
     * Limits a whole execution: past it no further step is begun. Default 10 min, and twice what
     * one step may take if that is more.
     *
     * @param limit the limit, more than zero
     * @return this builder
     */
    public Builder applyWithin(Duration limit) {
      applyWithin = Limits.positive(limit, "applyWithin");
      return this;
    }

    /**
     * Limits the wait for a journal or a lock store: one that is silent for longer does not stand
     * between an engineer and a cure. Default 2 s.
     *
     * @param limit the limit, more than zero
     * @return this builder
     */
    public Builder storeWithin(Duration limit) {
      storeWithin = Limits.positive(limit, "storeWithin");
      return this;
    }

    /**
     * Sets the source of the random part of execution ids. Default: a secure one.
     *
     * @param source the source
     * @return this builder
     */
    public Builder random(RandomGenerator source) {
      random = source;
      return this;
    }

    /**
     * Sets who hears what the engine does. Default: nobody.
     *
     * @param hears hears of it
     * @return this builder
     */
    public Builder witness(Witness hears) {
      witness = hears;
      return this;
    }

    /**
     * Adds an action.
     *
     * @param action the action
     * @return this builder
     * @throws IllegalArgumentException if there is one of the same id
     */
    public Builder action(Action action) {
      if (actions.putIfAbsent(action.id(), action) != null) {
        throw new IllegalArgumentException("two actions have the id " + action.id());
      }
      return this;
    }

    /**
     * Makes the engine. Opens nothing.
     *
     * @return the engine
     */
    public Engine build() {
      return new Engine(this);
    }
  }
}
