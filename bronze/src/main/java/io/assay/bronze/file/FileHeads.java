package io.assay.bronze.file;

import io.assay.batch.BatchInput.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Looks at the beginnings of many files at once, for a store may take its time with each. */
final class FileHeads {
  private static final int AT_ONCE = 16;

  private FileHeads() {}

  /** The head of each file, in order. */
  static List<FileHead> of(List<SourceFile> files, Function<SourceFile, FileHead> read) {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<FileHead>> reading = new ArrayList<>();
      for (SourceFile file : files) {
        reading.add(threads.submit(() -> read.apply(file)));
      }
      List<FileHead> heads = new ArrayList<>();
      for (Future<FileHead> head : reading) {
        heads.add(head.get());
      }
      return heads;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading the heads of files", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
