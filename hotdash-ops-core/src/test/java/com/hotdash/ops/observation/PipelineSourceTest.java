package com.hotdash.ops.observation;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.PipelineReader;
import com.hotdash.ops.pipeline.RunDetail;
import com.hotdash.ops.pipeline.Runs;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PipelineSourceTest {
  private final List<String> asked = new ArrayList<>();
  private final List<ReadingKey<?>> put = new ArrayList<>();
  private final Deadline deadline = Time.SYSTEM.deadline(Duration.ofSeconds(10));
  private final PipelineReader reader =
      new PipelineReader() {
        @Override
        public Estate.Part identity() {
          return new Estate.Part("repository", "acme/hotdash", null);
        }

        @Override
        public PipelineLook look(Deadline limit) {
          assertThat(limit).isSameAs(deadline);
          return new Recorded();
        }
      };

  private final class Recorded implements PipelineLook {
    @Override
    public Reading<Runs> inFlight() {
      return unread("inFlight");
    }

    @Override
    public Reading<Runs> deploys() {
      return unread("deploys");
    }

    @Override
    public Reading<RunDetail> latest() {
      return unread("latest");
    }

    @Override
    public Reading<Runs> watches() {
      return unread("watches");
    }

    @Override
    public Reading<Runs> staging() {
      return unread("staging");
    }

    @Override
    public void close() {
      asked.add("close");
    }

    private <T> Reading<T> unread(String what) {
      asked.add(what);
      return Reading.unread(new NotChecked(what, Why.UNREACHABLE, "gone", "wait"));
    }
  }

  @Test
  void read_all_inTheOrderOfTheirWorthAndAsNamed() {
    var source = new PipelineSource(reader);
    var look = source.open(deadline);
    assertThat(asked).as("opening asks nothing").isEmpty();

    look.read(sink());

    assertThat(asked).containsExactly("inFlight", "deploys", "latest", "watches", "staging");
    assertThat(put)
        .containsExactly(
            PipelineLook.IN_FLIGHT,
            PipelineLook.DEPLOYS,
            PipelineLook.LATEST,
            PipelineLook.WATCHES,
            PipelineLook.STAGING);
    assertThat(source.keys()).containsExactlyInAnyOrderElementsOf(put);
  }

  @Test
  void read_someWanted_asksForNoOthers() {
    var source = new PipelineSource(reader);
    Set<ReadingKey<?>> wanted = Set.of(PipelineLook.DEPLOYS, DatabaseLook.MODE);

    source.open(wanted, deadline).read(sink());

    assertThat(asked).containsExactly("deploys");
    assertThat(source.keysFor(wanted)).containsExactlyElementsOf(put);
  }

  private Source.Sink sink() {
    return new Source.Sink() {
      @Override
      public <T> void put(ReadingKey<T> key, Reading<T> reading) {
        put.add(key);
        assertThat(reading.obstacle()).isPresent();
      }
    };
  }

  @Test
  void close_look_closesThePipelinesOwn() {
    new PipelineSource(reader).open(deadline).close();

    assertThat(asked).containsExactly("close");
  }
}
