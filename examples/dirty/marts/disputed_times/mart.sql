-- A flight left once and arrived once, so reports that tell different times cannot all be right. The time that more
-- reports tell than any other is held to be it; where two are told equally often, nothing is said. What is no time of day
-- tells nothing here: the rules of silver.flights find it.
WITH told AS (
  SELECT report_id, source, flight, event, said
  FROM (
    SELECT report_id, source, flight, sched_dep_time, act_dep_time, sched_arr_time, act_arr_time
    FROM silver.flight_reports)
  UNPIVOT (said FOR event IN (sched_dep_time, act_dep_time, sched_arr_time, act_arr_time))
  WHERE is_time_of_day(said)),
counted AS (
  SELECT flight, event, said, count(*) AS agreeing
  FROM told
  GROUP BY flight, event, said),
most AS (
  SELECT flight, event, max(agreeing) AS agreeing, sum(agreeing) AS telling
  FROM counted
  GROUP BY flight, event),
agreed AS (
  SELECT counted.flight, counted.event, max(counted.said) AS said, most.agreeing, most.telling
  FROM counted
  JOIN most
    ON counted.flight = most.flight AND counted.event = most.event AND counted.agreeing = most.agreeing
  GROUP BY counted.flight, counted.event, most.agreeing, most.telling
  HAVING count(*) = 1)
SELECT
  told.report_id,
  told.event,
  told.source,
  told.flight,
  told.said,
  agreed.said AS most_say,
  agreed.agreeing,
  agreed.telling
FROM told
JOIN agreed ON told.flight = agreed.flight AND told.event = agreed.event
WHERE told.said <> agreed.said
