package io.assay.quality.measure;

import com.amazon.deequ.analyzers.ApproxCountDistinctState;
import com.amazon.deequ.analyzers.ApproxQuantileState;
import com.amazon.deequ.analyzers.CorrelationState;
import com.amazon.deequ.analyzers.MaxState;
import com.amazon.deequ.analyzers.MeanState;
import com.amazon.deequ.analyzers.MinState;
import com.amazon.deequ.analyzers.NumMatches;
import com.amazon.deequ.analyzers.NumMatchesAndCount;
import com.amazon.deequ.analyzers.StandardDeviationState;
import com.amazon.deequ.analyzers.State;
import com.amazon.deequ.analyzers.SumState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import org.apache.spark.sql.catalyst.expressions.aggregate.ApproximatePercentile;
import org.apache.spark.sql.catalyst.expressions.aggregate.DeequHyperLogLogPlusPlusUtils;
import scala.Option;

/**
 * Deequ's states as text: in base64, the kind and then what Deequ's own file provider writes of it.
 * That provider makes a file of each state; these are kept together.
 */
final class StateText {
  /**
   * Of another form, or of another Spark, a state is not read. Raise it with another Deequ, which
   * may know rows by other states.
   */
  static final String FORM = "1";

  private StateText() {}

  static String of(State<?> state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(state.getClass().getSimpleName());
      write(state, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static void write(State<?> state, DataOutputStream out) throws IOException {
    if (state instanceof NumMatches counted) {
      out.writeLong(counted.numMatches());
    } else if (state instanceof NumMatchesAndCount counted) {
      out.writeLong(counted.numMatches());
      out.writeLong(counted.count());
    } else if (state instanceof SumState sum) {
      out.writeDouble(sum.sum());
    } else if (state instanceof MeanState mean) {
      out.writeDouble(mean.sum());
      out.writeLong(mean.count());
    } else if (state instanceof MinState least) {
      out.writeDouble(least.minValue());
    } else if (state instanceof MaxState greatest) {
      out.writeDouble(greatest.maxValue());
    } else if (state instanceof StandardDeviationState spread) {
      numbers(out, spread.n(), spread.avg(), spread.m2());
    } else if (state instanceof CorrelationState pair) {
      numbers(out, pair.n(), pair.xAvg(), pair.yAvg(), pair.ck(), pair.xMk(), pair.yMk());
    } else if (state instanceof ApproxCountDistinctState distinct) {
      out.write(DeequHyperLogLogPlusPlusUtils.wordsToBytes(distinct.words()));
    } else if (state instanceof ApproxQuantileState quantile) {
      out.write(ApproximatePercentile.serializer().serialize(quantile.percentileDigest()));
    } else {
      throw new IllegalArgumentException("a state that cannot be kept: " + state);
    }
  }

  private static void numbers(DataOutputStream out, double... numbers) throws IOException {
    for (double number : numbers) {
      out.writeDouble(number);
    }
  }

  static State<?> read(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return read(in.readUTF(), in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static State<?> read(String kind, DataInputStream in) throws IOException {
    return switch (kind) {
      case "NumMatches" -> new NumMatches(in.readLong());
      case "NumMatchesAndCount" ->
          new NumMatchesAndCount(in.readLong(), in.readLong(), Option.empty());
      case "SumState" -> new SumState(in.readDouble());
      case "MeanState" -> new MeanState(in.readDouble(), in.readLong());
      case "MinState" -> new MinState(in.readDouble(), Option.empty());
      case "MaxState" -> new MaxState(in.readDouble(), Option.empty());
      case "StandardDeviationState" ->
          new StandardDeviationState(in.readDouble(), in.readDouble(), in.readDouble());
      case "CorrelationState" ->
          new CorrelationState(
              in.readDouble(),
              in.readDouble(),
              in.readDouble(),
              in.readDouble(),
              in.readDouble(),
              in.readDouble());
      case "ApproxCountDistinctState" ->
          DeequHyperLogLogPlusPlusUtils.wordsFromBytes(in.readAllBytes());
      case "ApproxQuantileState" ->
          new ApproxQuantileState(
              ApproximatePercentile.serializer().deserialize(in.readAllBytes()));
      default -> throw new IllegalArgumentException("an unknown kind of state: " + kind);
    };
  }
}
