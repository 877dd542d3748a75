-- A time of day on the twelve-hour clock, such as 7:05 p.m., and nothing beside it: no date, no remark.
is_time_of_day(written) = written RLIKE '^(1[0-2]|[1-9]):[0-5][0-9] [ap][.]m[.]$'
