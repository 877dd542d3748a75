package io.assay.gold.publish;

import io.assay.config.Connection;
import io.assay.config.Destination;
import io.assay.job.JobContext;
import io.assay.table.TableName;

/** What stands behind each kind of destination. */
final class Receivers {
  private Receivers() {}

  /** The receiver of a publication; nothing is asked yet. */
  static Receiver open(JobContext context, TableName publication, PublishDefinition definition) {
    Destination to = definition.to();
    Connection connection = context.project().settings().connections().get(to.connection());
    if (to instanceof Destination.Postgres postgres && connection instanceof Connection.Jdbc jdbc) {
      return new PostgresReceiver(context, publication, definition, postgres, jdbc);
    }
    if (to instanceof Destination.Http http && connection instanceof Connection.Http api) {
      return new HttpReceiver(context, publication, definition, http, api);
    }
    if (to instanceof Destination.Redis redis && connection instanceof Connection.Redis server) {
      return new RedisReceiver(context, publication, definition, redis, server);
    }
    throw new IllegalArgumentException(
        "connection '%s' does not fit %s".formatted(to.connection(), publication));
  }
}
