package io.assay.silver.history;

/**
 * What became of the accepted events of one batch; the terms add up to the events received, plus
 * {@code implied}.
 *
 * <p>An event is judged at its place: among all events of its key that are known after the batch,
 * in the order of the sequence.
 *
 * <ul>
 *   <li>For {@code scd2} it is applied if there it opens or closes a version, or changes a value of
 *       the version it falls into; also if it takes the place of another event at the same
 *       sequence. So a late event that splits or extends a version is applied, and a late event
 *       whose values already held at its time is unchanged. The count of an earlier batch stays
 *       what it was, even if a late event gives one of its events another effect.
 *   <li>For {@code scd1} only the last event that a batch brings for a key counts: it is applied if
 *       the key's current row is another afterwards, else (and always when a later event was known
 *       already) unchanged. The others were overtaken in the batch: superseded.
 *   <li>A new truncate implies a delete of each key whose version it closes, unless an event of the
 *       key stands at the same sequence; for {@code scd1}, of each key whose current row it
 *       removes. Each of these is one event more, and applied. The truncate itself is applied if
 *       the truncates of the batch implied anything, else unchanged.
 *   <li>A mere presence is unchanged, or superseded by another event at its sequence.
 * </ul>
 *
 * @param applied events that changed state
 * @param unchanged events that changed nothing; they are remembered all the same
 * @param superseded events that lost a tie at one sequence and, for {@code scd1}, events overtaken
 *     in the batch
 * @param duplicate events seen before, in this batch or in an earlier one; they are not remembered
 *     again
 * @param implied deletes that the batch's truncates imply; they are part of {@code applied}, and
 *     not remembered
 * @param quarantined new events that came too late or, if the dataset says so, lost a tie; they are
 *     not remembered
 * @param withdrawn remembered events that go to quarantine because a new one beat them; they are no
 *     part of any other term
 */
public record Counts(
    long applied,
    long unchanged,
    long superseded,
    long duplicate,
    long implied,
    long quarantined,
    long withdrawn) {}
