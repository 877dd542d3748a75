package io.assay.e2e;

import io.assay.testing.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A table of PostgreSQL, and beside it one in which a trigger notes every change of it. */
final class CapturedProducts {
  static final String DATABASE = "shop";

  private static final String[] TABLES = {
    """
    CREATE TABLE public.products (
      sku text PRIMARY KEY, name text, price numeric(10,2), stock int, active boolean,
      listed_on date, changed_at timestamptz, description text)
    """,
    // Long texts lie beside the row, so that the log leaves them out where they did not change.
    "ALTER TABLE public.products ALTER description SET STORAGE EXTERNAL",
    """
    CREATE TABLE public.audit (
      seq bigserial PRIMARY KEY, transaction xid8 DEFAULT pg_current_xact_id(),
      op text, old_sku text, row jsonb)
    """,
    """
    CREATE FUNCTION public.note() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF tg_op = 'TRUNCATE' THEN
        INSERT INTO public.audit (op) VALUES ('truncate');
      ELSIF tg_op = 'DELETE' THEN
        INSERT INTO public.audit (op, old_sku) VALUES ('delete', old.sku);
      ELSE
        INSERT INTO public.audit (op, old_sku, row) VALUES (
          'upsert', CASE WHEN tg_op = 'UPDATE' THEN old.sku END,
          to_jsonb(new) || jsonb_build_object('description', md5(new.description)));
      END IF;
      RETURN NULL;
    END $$
    """,
    "CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON public.products"
        + " FOR EACH ROW EXECUTE FUNCTION public.note()",
    "CREATE TRIGGER note_truncate AFTER TRUNCATE ON public.products"
        + " FOR EACH STATEMENT EXECUTE FUNCTION public.note()"
  };

  /** One text a row, of the columns as the history has them. */
  private static final String LINE =
      """
      concat_ws('|', row->>'sku', coalesce(row->>'name', '~'), coalesce(row->>'price', '~'),
        coalesce(row->>'stock', '~'), coalesce(row->>'active', '~'), coalesce(row->>'listed_on', '~'),
        coalesce(((extract(epoch FROM (row->>'changed_at')::timestamptz) * 1000000)::bigint)::text, '~'),
        coalesce(row->>'description', '~'), coalesce(row->>'category', '~'))
      """;

  /** The same, of silver. */
  static final String SILVER_LINE =
      """
      concat_ws('|', sku, coalesce(name, '~'), coalesce(cast(price AS string), '~'),
        coalesce(cast(stock AS string), '~'), coalesce(cast(active AS string), '~'),
        coalesce(cast(listed_on AS string), '~'),
        coalesce(cast(unix_micros(changed_at) AS string), '~'),
        coalesce(md5(cast(description AS binary)), '~'), coalesce(category, '~'))
      """;

  private final PostgresServer server;

  CapturedProducts(PostgresServer server) {
    this.server = server;
  }

  void create() {
    server.create(DATABASE);
    server.execute(DATABASE, TABLES);
  }

  /** What {@code SELECT *} says, sorted. */
  List<String> current() {
    return server
        .rows(
            DATABASE,
            "SELECT %s FROM (SELECT to_jsonb(p) || jsonb_build_object('description', md5(description)) AS row FROM public.products p) t"
                .formatted(LINE))
        .stream()
        .sorted()
        .toList();
  }

  /** How many changes were noted. */
  long changes() {
    return Long.parseLong(server.rows(DATABASE, "SELECT count(*) FROM public.audit").get(0));
  }

  /**
   * The history that the notes tell, each version as its values, valid from and until.
   *
   * @param snapshot how many of the notes lie before the snapshot with which the capture began; the
   *     rows that it found have no known beginning, and {@code snapshot} stands there
   */
  List<String> history(long snapshot) {
    Map<String, Versions> keys = new TreeMap<>();
    long number = 0;
    for (String note : notes()) {
      String[] parts = note.split("#", 4);
      boolean known = ++number > snapshot;
      String at = known ? parts[0] : "snapshot";
      switch (parts[1]) {
        case "truncate" -> keys.values().forEach(versions -> versions.close(at));
        case "delete" -> keys.get(parts[2]).close(at);
        default -> {
          String sku = parts[3].substring(0, parts[3].indexOf('|'));
          if (!parts[2].isEmpty() && !parts[2].equals(sku)) {
            keys.get(parts[2]).close(at);
          }
          keys.computeIfAbsent(sku, key -> new Versions()).put(parts[3], at);
        }
      }
      if (number == snapshot) {
        keys.values().forEach(Versions::forgetPast);
      }
    }
    return keys.values().stream().flatMap(versions -> versions.lines().stream()).sorted().toList();
  }

  private List<String> notes() {
    return server.rows(
        DATABASE,
        """
        SELECT floor(extract(epoch FROM pg_xact_commit_timestamp(transaction::xid)) * 1000)::bigint
          || '#' || op || '#' || coalesce(old_sku, '') || '#' || CASE WHEN row IS NULL THEN '' ELSE %s END
        FROM public.audit ORDER BY seq
        """
            .formatted(LINE));
  }

  /** The versions of one key, as plainly as can be. */
  private static final class Versions {
    private final List<String> closed = new ArrayList<>();
    private String open;
    private String since;
    private String last = "";

    void put(String line, String at) {
      String time = raised(at);
      if (line.equals(open)) {
        return;
      }
      end(time);
      open = line;
      since = time;
    }

    void close(String at) {
      end(raised(at));
    }

    private void end(String time) {
      if (open != null) {
        closed.add(open + "|" + since + "|" + time);
      }
      open = null;
    }

    /** A change is never valid before the one that it follows. */
    private String raised(String at) {
      if (!at.equals("snapshot") && at.compareTo(last) > 0) {
        last = at;
      }
      return at.equals("snapshot") ? at : last;
    }

    void forgetPast() {
      closed.clear();
    }

    List<String> lines() {
      List<String> lines = new ArrayList<>(closed);
      if (open != null) {
        lines.add(open + "|" + since + "|~");
      }
      return lines;
    }
  }
}
