package io.assay.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.assay.quality.measure.Measure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;

/**
 * Contracts, and records that hold them, as JSON and back without loss. An intent keeps its
 * configuration in this form, so that a batch can be carried out again as it was planned.
 */
public final class ResolvedJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .addModule(
              new SimpleModule()
                  .addSerializer(new TypeWriter())
                  .addDeserializer(DataType.class, new TypeReader()))
          .registerSubtypes(measures())
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .serializationInclusion(JsonInclude.Include.NON_ABSENT)
          .build();

  private ResolvedJson() {}

  /** The value as a tree: equal for equal values. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * The same as it reads back from text: equal to what was written to a ledger and read from there,
   * also where the value holds numbers, which a tree that was never text may keep in other types.
   */
  public static JsonNode readBack(Object value) {
    try {
      return MAPPER.readTree(tree(value).toString());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value of a tree that {@link #tree} made. */
  public static <T> T read(JsonNode tree, Class<T> type) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NamedType[] measures() {
    return Stream.of(Measure.class.getPermittedSubclasses())
        .map(kind -> new NamedType(kind, kind.getSimpleName()))
        .toArray(NamedType[]::new);
  }

  private static final class TypeWriter extends StdSerializer<DataType> {
    TypeWriter() {
      super(DataType.class);
    }

    @Override
    public void serialize(DataType type, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(type.json());
    }
  }

  private static final class TypeReader extends StdDeserializer<DataType> {
    TypeReader() {
      super(DataType.class);
    }

    @Override
    public DataType deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return DataType.fromJson(in.getValueAsString());
    }
  }
}
