package io.assay.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a source of an HTTP API must be beyond its shape. A null was reported before. */
final class HttpCheck {
  private static final Pattern PATH =
      Pattern.compile("/?[A-Za-z0-9._~!$&'()*+,;=:@%-]+(/[A-Za-z0-9._~!$&'()*+,;=:@%-]*)*");
  private static final Pattern PLACE = Pattern.compile("[^.]+([.][^.]+)*");

  /** With the other pages of a batch it must go into one task of Spark. */
  private static final long MOST_BYTES = 32L << 20;

  private final DatasetCheck dataset;

  HttpCheck(DatasetCheck dataset) {
    this.dataset = dataset;
  }

  void check(Source.Http http) {
    if (http.path() != null && !isPath(http.path())) {
      problem(
          "must be a path such as sensors/readings, without '..'; parameters stand apart", "path");
    }
    DatasetCheck.present(http.records()).ifPresent(at -> place(at, "records"));
    if (http.limits() != null && http.limits().recordBytes() < 1) {
      problem("must be at least 1", "limits", "record_bytes");
    } else if (http.limits() != null && http.limits().recordBytes() > MOST_BYTES) {
      problem("must be at most 32mb, since pages are held in memory", "limits", "record_bytes");
    }
    if (http.limits() != null && http.limits().depth() < 1) {
      problem("must be at least 1", "limits", "depth");
    }
    paging(DatasetCheck.present(http.paging()));
    DatasetCheck.present(http.incremental()).ifPresent(this::incremental);
    parameters(http);
  }

  /** Whether a text is a path below a connection's URL, and nothing else. */
  static boolean isPath(String path) {
    return PATH.matcher(path).matches() && !List.of(path.split("/")).contains("..");
  }

  private void paging(Optional<HttpPaging> paging) {
    if (paging.isPresent() && paging.get() instanceof HttpPaging.Cursor cursor) {
      place(cursor.at(), "paging", "cursor", "at");
    } else if (paging.isPresent()
        && paging.get() instanceof HttpPaging.Page page
        && page.step() < 1) {
      problem("must be at least 1", "paging", "page", "step");
    }
  }

  private void incremental(HttpIncremental incremental) {
    Optional<String> greatest = DatasetCheck.present(incremental.greatest());
    Optional<String> token = DatasetCheck.present(incremental.token());
    if (greatest.isPresent() == token.isPresent()) {
      problem(
          "expected exactly one of the keys greatest, token, found "
              + (token.isPresent() ? "greatest, token" : "none"),
          "incremental");
    }
    greatest.ifPresent(at -> place(at, "incremental", "greatest"));
    token.ifPresent(at -> place(at, "incremental", "token"));
    if (token.isPresent() && DatasetCheck.present(incremental.overlap()).isPresent()) {
      problem("belongs to greatest: nothing can be taken off a token", "incremental", "overlap");
    }
  }

  private void place(String at, Object... path) {
    if (at != null && !PLACE.matcher(at).matches()) {
      problem("must be names with dots between them, such as meta.next", path);
    }
  }

  /** What pages and positions need cannot be given beside. */
  private void parameters(Source.Http http) {
    Map<String, List<String>> users = new LinkedHashMap<>();
    if (http.parameters() != null) {
      http.parameters()
          .keySet()
          .forEach(name -> users.put(name, new ArrayList<>(List.of("parameters"))));
    }
    DatasetCheck.present(http.paging())
        .ifPresent(
            paging -> {
              if (paging instanceof HttpPaging.Cursor cursor && cursor.parameter() != null) {
                users.computeIfAbsent(cursor.parameter(), n -> new ArrayList<>()).add("paging");
              } else if (paging instanceof HttpPaging.Page page && page.parameter() != null) {
                users.computeIfAbsent(page.parameter(), n -> new ArrayList<>()).add("paging");
              }
            });
    DatasetCheck.present(http.incremental())
        .map(HttpIncremental::parameter)
        .ifPresent(name -> users.computeIfAbsent(name, n -> new ArrayList<>()).add("incremental"));
    users.forEach(
        (name, places) -> {
          if (places.size() > 1) {
            problem(
                "the parameter '%s' stands in %s, and can have one meaning only"
                    .formatted(name, String.join(" and ", places)),
                places.get(places.size() - 1));
          }
        });
  }

  private void problem(String message, Object... path) {
    List<Object> whole = new ArrayList<>(List.of("source", "http"));
    whole.addAll(List.of(path));
    dataset.problem(message, whole.toArray());
  }
}
