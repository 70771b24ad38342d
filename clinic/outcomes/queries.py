"""The question that the database is asked for the results of one year. Pure text."""

from clinic.treatment.checkins.relief import MARK

from .counts import KINDS, QUESTIONS, REPEAT_AFTER, START_DAYS, STATES, Question

# By what the results are laid side by side; each of them parts the sessions of a year.
GROUPINGS = ("region", "approach", "diagnosis", "referrer", "quarter", "location")
UNSTATED = ""  # no diagnosis in the signed decision
NO_REFERRAL, NO_PRACTICE = 0, -1  # nobody referred the patient; somebody who is not in the directory did

# Counted are the sessions that stand; one more of the same region ends what can be said of the one before.
DONE = """
    done AS (
        SELECT s.id, s."on", s.region, s.approach, s.location_id AS location, s.rehabilitation, s.case_id, s.pathway_id,
            extract(quarter FROM s."on")::int AS quarter, l.time_zone, following."on" AS again_on,
            (%(now)s::timestamptz AT TIME ZONE l.time_zone)::date AS today
        FROM procedure_session s
        JOIN record_case c ON c.id = s.case_id
        JOIN people_location l ON l.id = s.location_id
        LEFT JOIN LATERAL (
            SELECT min(o."on") AS "on" FROM record_case oc JOIN procedure_session o ON o.case_id = oc.id
            WHERE oc.patient_id = c.patient_id AND o.region = s.region AND o."on" > s."on" AND o.struck_at IS NULL
        ) AS following ON true
        WHERE s.struck_at IS NULL AND s."on" >= %(first)s AND s."on" <= %(last)s
    )
"""
# Asked is who had a mail that did not come back, or a call that was answered; an answer that stands says it too.
ASKED = """
    LEFT JOIN LATERAL (
        SELECT k.due_on, a."on" AS said_on, a.relief, a.relief_until
        FROM checkins_checkin k
        LEFT JOIN checkins_answer a ON a.check_in_id = k.id AND a.struck_at IS NULL
            AND (a.relief IS NOT NULL OR a.relief_until <> '')
        WHERE k.session_id = d.id
            AND abs(k.due_on - (d."on" + interval '{after}')::date) <= {around}
            AND (
                a.id IS NOT NULL
                OR EXISTS (
                    SELECT FROM checkins_mail m JOIN post_message p ON p.id = m.message_id
                    WHERE m.check_in_id = k.id AND p.state NOT IN ('failed', 'bounced')
                )
                OR EXISTS (SELECT FROM checkins_try t WHERE t.check_in_id = k.id AND t.outcome <> 'no_answer')
            )
        ORDER BY abs(k.due_on - (d."on" + interval '{after}')::date), k.id LIMIT 1
    ) AS {key} ON true
"""
# An answer after the next session is of that one.
RELIEF = """
    CASE
        WHEN d.again_on < COALESCE({key}.said_on, (d."on" + interval '{after}')::date) THEN 'again'
        WHEN {key}.relief >= {mark} AND {key}.relief_until = '' THEN 'better'
        WHEN {key}.said_on IS NOT NULL THEN 'less'
        WHEN {key}.due_on IS NOT NULL THEN 'silent'
        WHEN (d."on" + interval '{after}')::date >= d.today THEN 'young'
        ELSE 'unreached'
    END AS {key}
"""
# The first visit that the practice or the patient told of (where only a report came, its day), or a therapy whose
# first day is known to the day: "in May" is not within 14 days.
STARTED = f"""
    EXISTS (
        SELECT FROM loop_referral r
        WHERE r.case_id = d.case_id AND r.direction = 'outgoing' AND r.service = 'physical_therapy' AND (
            SELECT min(seen."on") FROM loop_step seen
            WHERE seen.referral_id = r.id AND seen.to_state IN ('attended', 'report_received')
        ) BETWEEN d."on" AND d."on" + {START_DAYS}
    ) OR EXISTS (
        SELECT FROM record_therapy_cases tc JOIN record_therapy t ON t.id = tc.therapy_id
        WHERE tc.case_id = d.case_id AND t.struck_at IS NULL AND t.kind = 'physical_therapy'
            AND length(t.from_date) >= 10
            AND left(t.from_date, 10) COLLATE "C" >= to_char(d."on", 'YYYY-MM-DD')
            AND right(t.from_date, 10) COLLATE "C" <= to_char(d."on" + {START_DAYS}, 'YYYY-MM-DD')
    )
"""  # noqa: S608 (its words are ours)
THERAPY = f"""
    CASE
        WHEN d."on" + {START_DAYS} >= d.today THEN 'young'
        WHEN d.rehabilitation IN ('goes_on', 'home', 'none') THEN d.rehabilitation
        WHEN d.rehabilitation <> 'refer' THEN 'none'
        WHEN {STARTED} THEN 'in_time'
        ELSE 'later'
    END AS therapy
"""
REPEAT = f"""
    CASE
        WHEN (d."on" + interval '{REPEAT_AFTER}')::date >= d.today THEN 'young'
        WHEN d.again_on <= (d."on" + interval '{REPEAT_AFTER}')::date THEN 'again'
        ELSE 'once'
    END AS repeat
"""
DIAGNOSIS = f"""
    COALESCE((
        SELECT a.facts #>> '{{complaint,diagnosis}}' FROM pathway_pathway w
        JOIN candidacy_decision dd ON dd.id = w.decision_id JOIN candidacy_assessment a ON a.id = dd.assessment_id
        WHERE w.id = d.pathway_id
    ), '{UNSTATED}') AS diagnosis
"""  # noqa: S608 (its words are ours)
# The latest referral that had come in for this case by the day of the session.
REFERRER = f"""
    COALESCE((
        SELECT COALESCE(r.practice_id, {NO_PRACTICE}) FROM loop_referral r
        WHERE r.case_id = d.case_id AND r.direction = 'incoming' AND r.state <> 'cancelled'
            AND (r.opened_at AT TIME ZONE d.time_zone)::date <= d."on"
        ORDER BY r.opened_at DESC, r.id DESC LIMIT 1
    ), {NO_REFERRAL}) AS referrer
"""  # noqa: S608 (its words are ours)
HARMED = """
    ARRAY(
        SELECT DISTINCT x.kind FROM procedure_complication x WHERE x.session_id = d.id AND x.struck_at IS NULL
    ) AS kinds
"""


def _with(text: str, question: Question) -> str:
    return text.format(key=question.key, after=question.after, around=question.around, mark=MARK)


def _counted() -> str:
    """Each state of each measure as a number of its own, then each kind of complication."""
    states = [(measure, state) for measure, of in STATES.items() for state in of]
    columns = [f"count(*) FILTER (WHERE {measure} = '{state}')" for measure, state in states]
    columns += [f"count(*) FILTER (WHERE '{kind}' = ANY (kinds))" for kind in KINDS]
    return ", ".join(columns)


OUTCOMES = f"""
    WITH {DONE}, told AS (
        SELECT d.region, d.approach, d.quarter, d.location,
            {", ".join(_with(RELIEF, each) for each in QUESTIONS)}, {THERAPY}, {REPEAT},
            {DIAGNOSIS}, {REFERRER}, {HARMED}
        FROM done d {"".join(_with(ASKED, each) for each in QUESTIONS)}
    ), counted AS (
        SELECT told.*, CASE WHEN cardinality(kinds) = 0 THEN 'none' ELSE 'some' END AS complication FROM told
    )
    SELECT {", ".join(GROUPINGS)}, {_counted()} FROM counted
    GROUP BY GROUPING SETS ((), {", ".join(f"({by})" for by in GROUPINGS)})
"""  # noqa: S608 (its words are ours)
