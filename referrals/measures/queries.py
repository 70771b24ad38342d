"""The questions that the database is asked for the measures. Pure text; `counting.Asked` gives their words."""

from referrals.loop.targets import WHOLE

from .figures import IN_DAYS, YOUNG

MOST_PRACTICES = 12  # with most referrals; the others are one line
NO_PRACTICE, OTHERS = -1, 0

NARROWED = """
    (%(service)s::text IS NULL OR r.service = %(service)s)
    AND (%(practice)s::bigint IS NULL OR r.practice_id = %(practice)s)
    AND (%(location)s::bigint IS NULL OR r.location_id = %(location)s)
"""
# Completed is: closed from "patient told", or with the day on which the patient was told.
COHORT = f"""
    cohort AS (
        SELECT r.service, COALESCE(r.practice_id, {NO_PRACTICE}) AS practice, r.urgency, l.time_zone,
            r.opened_at, r.met_at, r.ended_at, r.clock_before, r.opened_at > %(old_enough)s AS young,
            CASE
                WHEN r.opened_at > %(old_enough)s THEN '{YOUNG}'
                WHEN r.state = 'cancelled' THEN 'cancelled'
                WHEN r.state <> 'closed' THEN 'open'
                WHEN closing.from_state <> 'patient_told' AND closing.told_on IS NULL THEN 'because'
                WHEN r.ended_at <= r.opened_at + interval '{IN_DAYS} days' THEN 'in_time'
                ELSE 'later'
            END AS ending
        FROM loop_referral r
        JOIN people_location l ON l.id = r.location_id
        LEFT JOIN loop_step closing ON closing.referral_id = r.id AND closing.to_state = 'closed'
        WHERE r.direction = %(direction)s AND r.opened_at >= %(begins)s AND r.opened_at < %(ends)s AND {NARROWED}
    )
"""  # noqa: S608 (its words are ours)
ENDINGS = f"""
    WITH {COHORT}, busiest AS (
        SELECT practice FROM cohort WHERE practice <> {NO_PRACTICE} AND NOT young
        GROUP BY practice ORDER BY count(*) DESC, practice LIMIT {MOST_PRACTICES}
    ), grouped AS (
        SELECT ending, service,
            CASE WHEN practice = {NO_PRACTICE} THEN practice ELSE COALESCE(busiest.practice, {OTHERS}) END AS practice
        FROM cohort LEFT JOIN busiest USING (practice)
    )
    SELECT ending, service, practice, count(*) FROM grouped
    GROUP BY GROUPING SETS ((ending), (ending, service), (ending, practice))
"""  # noqa: S608 (its words are ours)
# A day that is so many working days after another: weekends are stepped over (as `targets.due`, which a test compares).
DUE = """
    CASE
        WHEN NOT t.working THEN begun_on + t.days
        WHEN t.days = 0 AND begun_on > weekday THEN weekday + 3
        WHEN t.days = 0 THEN begun_on
        ELSE weekday + t.days + 2 * ((extract(isodow FROM weekday)::int - 1 + t.days) / 5)
    END
"""
WEEKDAY = "begun_on - GREATEST(0, extract(isodow FROM begun_on)::int - 5)"  # the day itself, or the Friday before it
TARGETS = """
    t AS (
        SELECT * FROM unnest(%(t_step)s::text[], %(t_urgency)s::text[], %(t_days)s::int[], %(t_working)s::bool[])
            AS t(step, urgency, days, working)
    )
"""


def _lasted(what: str, of: str) -> str:
    inside = f"WITHIN GROUP (ORDER BY extract(epoch FROM {what}) / 86400.0) FILTER (WHERE {of})"
    return f"percentile_cont(%(percentiles)s::float8[]) {inside}"


WAY = f"""
    WITH {COHORT}, {TARGETS}, dated AS (
        SELECT *, (opened_at AT TIME ZONE time_zone)::date AS begun_on, ending IN ('in_time', 'later') AS completed,
            (met_at AT TIME ZONE time_zone)::date AS met_on
        FROM cohort WHERE NOT young
    ), due AS (SELECT dated.*, {WEEKDAY} AS weekday FROM dated)
    SELECT count(met_at), count(*) FILTER (WHERE met_on <= {DUE}), count(*) - count(met_at),
        {_lasted("met_at - opened_at", "met_at IS NOT NULL")},
        count(*) FILTER (WHERE completed),
        {_lasted("ended_at - opened_at", "completed")},
        {_lasted("clock_before", "completed")},
        {_lasted("ended_at - opened_at - clock_before", "completed")}
    FROM due LEFT JOIN t ON t.step = '{WHOLE}' AND t.urgency = due.urgency
"""  # noqa: S608 (its words are ours)
# A stay in a state lasts until the next step; both lie after the first day, so nothing before it is read.
STAYS = f"""
    WITH {TARGETS}, stays AS (
        SELECT s.referral_id, s.to_state, s.booked_on, s.done_at,
            lead(s.done_at) OVER (PARTITION BY s.referral_id ORDER BY s.id) AS left_at
        FROM loop_step s
        WHERE s.direction = %(direction)s AND s.to_state = ANY(%(states)s) AND s.done_at >= %(begins)s
    ), dated AS (
        SELECT stays.*, r.urgency, (left_at AT TIME ZONE l.time_zone)::date AS left_on,
            GREATEST((done_at AT TIME ZONE l.time_zone)::date, booked_on) AS begun_on
        FROM stays
        JOIN loop_referral r ON r.id = stays.referral_id
        JOIN people_location l ON l.id = r.location_id
        WHERE stays.done_at < %(ends)s AND NOT stays.to_state = ANY(%(final)s) AND {NARROWED}
    ), due AS (SELECT dated.*, {WEEKDAY} AS weekday FROM dated)
    SELECT to_state, count(left_at), count(*) FILTER (WHERE left_on <= {DUE}), count(*) - count(left_at),
        {_lasted("left_at - done_at", "left_at IS NOT NULL")}
    FROM due LEFT JOIN t ON t.step = to_state AND t.urgency = due.urgency
    GROUP BY to_state
"""  # noqa: S608 (its words are ours)
# A therapy that goes on after a report is no further first visit.
VISITS = f"""
    SELECT s.why, count(*) FROM loop_step s JOIN loop_referral r ON r.id = s.referral_id
    WHERE s.direction = %(direction)s AND s.to_state IN ('attended', 'not_attended')
        AND NOT s.from_state IN ('read', 'patient_told')
        AND s.done_at >= %(begins)s AND s.done_at < %(ends)s AND {NARROWED}
    GROUP BY s.why
"""  # noqa: S608 (its words are ours)
