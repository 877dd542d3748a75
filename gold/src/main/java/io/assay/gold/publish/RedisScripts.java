package io.assay.gold.publish;

/**
 * What is done in Redis at once. The first key is always the publication's position; its field
 * {@code delivery} is the number of the delivery in hand, and whoever has an earlier number is
 * refused.
 */
final class RedisScripts {
  /** The answer to a delivery that another one has overtaken. */
  static final String SUPERSEDED = "SUPERSEDED";

  /** The answer where a name is taken by somebody else. */
  static final String FOREIGN = "FOREIGN";

  /**
   * Begins a delivery if the position is the given one, with what was begun since; its number, or
   * 0. The last argument is what was begun then, until a delivery is finished.
   */
  static final String BEGIN =
      """
      local held = redis.call('HMGET', KEYS[1],
        'table_id', 'version', 'definition', 'batch', 'begun')
      for i = 1, 5 do
        if (held[i] or '') ~= ARGV[i] then return 0 end
      end
      redis.call('HSET', KEYS[1], 'begun', ARGV[6])
      return redis.call('HINCRBY', KEYS[1], 'delivery', 1)
      """;

  private static final String IN_HAND =
      """
      if redis.call('HGET', KEYS[1], 'delivery') ~= ARGV[1] then
        return redis.error_reply('SUPERSEDED by another delivery')
      end
      local function owner(key)
        local kind = redis.call('TYPE', key).ok
        if kind == 'none' then return ARGV[2] end
        if kind ~= 'hash' then return '' end
        return redis.call('HGET', key, '_delivery') or ''
      end
      local function ours(text) return string.sub(text, 1, #ARGV[2]) == ARGV[2] end
      """;

  /**
   * Writes rows: number, owner, milliseconds until they expire or 0; then for each further key its
   * fields and values as JSON, or nothing to delete it.
   */
  static final String ROWS =
      IN_HAND
          + """
          for i = 2, #KEYS do
            if not ours(owner(KEYS[i])) then return redis.error_reply('FOREIGN key') end
          end
          for i = 2, #KEYS do
            redis.call('DEL', KEYS[i])
            if ARGV[i + 2] ~= '' then
              redis.call('HSET', KEYS[i], unpack(cjson.decode(ARGV[i + 2])))
              if ARGV[3] ~= '0' then redis.call('PEXPIRE', KEYS[i], ARGV[3]) end
            end
          end
          return #KEYS - 1
          """;

  /** Deletes those of the further keys that earlier deliveries of the same owner wrote. */
  static final String SWEEP =
      IN_HAND
          + """
          local swept = 0
          for i = 2, #KEYS do
            local of = owner(KEYS[i])
            if ours(of) and of ~= ARGV[2] .. ARGV[1] then
              swept = swept + redis.call('DEL', KEYS[i])
            end
          end
          return swept
          """;

  /** Sets the position: number, owner, then fields and values. */
  static final String FINISH =
      IN_HAND
          + """
          redis.call('HSET', KEYS[1], unpack(ARGV, 3))
          redis.call('HDEL', KEYS[1], 'begun')
          return 1
          """;

  private RedisScripts() {}
}
