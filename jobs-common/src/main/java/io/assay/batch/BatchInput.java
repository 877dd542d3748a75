package io.assay.batch;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.assay.table.TableRange;
import java.util.List;

/** What a batch reads, fixed before it starts. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = BatchInput.Tables.class, name = "tables"),
  @JsonSubTypes.Type(value = BatchInput.Files.class, name = "files")
})
public sealed interface BatchInput {

  /**
   * Ranges of versions of tables. An incremental reader takes what each range added; a full one
   * takes each table as of {@code upTo}.
   */
  record Tables(List<TableRange> ranges) implements BatchInput {
    public Tables {
      ranges = List.copyOf(ranges);
    }
  }

  /** Files, each read once. */
  record Files(List<SourceFile> files) implements BatchInput {
    public Files {
      files = List.copyOf(files);
    }
  }

  /**
   * One file as it was when it was listed.
   *
   * @param path absolute, with its scheme
   * @param bytes its length
   * @param modified its modification time, in milliseconds since the epoch; told, never used as a
   *     position
   */
  record SourceFile(String path, long bytes, long modified) {}
}
