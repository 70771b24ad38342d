"""The statements that write made-up referrals, and those that ask whether all of them hold together. Pure text."""

# Syllables of names that nobody has.
SYLLABLES = tuple(
    words.split()
    for words in (
        "ba de fi go lu ma ne pi ro su ta ve wi zo ka je di no ru sa",
        "lam ben dor fin gal hum jor kel lis mur nat pol rik sun tor vel wen",
        "a en io ur esk ing old ova ard ell und ith ax",
    )
)
FAMILY = """initcap(
    (%(syllable1)s::text[])[1 + {of} %% 17] || (%(syllable0)s::text[])[1 + {of} / 17 %% 20]
    || (%(syllable2)s::text[])[1 + {of} / 340 %% 13])"""
GIVEN = """'Test ' || initcap(
    (%(syllable0)s::text[])[1 + {of} / 4420 %% 20] || (%(syllable1)s::text[])[1 + {of} / 88400 %% 17])"""
SCRAMBLED = "({of}::bigint * 7919 + 4021)"  # a prime apart, so that neighbours are called otherwise
FAMILY_NAME, GIVEN_NAME = (each.format(of=SCRAMBLED.format(of="{of}")) for each in (FAMILY, GIVEN))
PRACTICE_NAME = "'Test ' || " + FAMILY_NAME
INDEXES = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
    WHERE i.indrelid = ANY (SELECT to_regclass(name) FROM unnest(%(tables)s::text[]) AS name)
        AND NOT i.indisunique AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
    ORDER BY 1
"""
LIFE_TABLES = """
    CREATE TEMP TABLE life (
        id int PRIMARY KEY, place int, direction text, is_open bool, service text, urgency text, state text,
        state_after interval, age interval, clock_before interval, clock_since interval, met interval,
        red_flag bool, settled bool, risk int, attempts int, escalated bool, snoozed bool, next_in int,
        is_known bool, has_link bool, step_count int
    );
    CREATE TEMP TABLE life_step (
        life int, place int, from_state text, to_state text, after interval, how text, why text, reason text,
        booked_in int, told bool, speaker text
    );
    CREATE TEMP TABLE life_call (life int, place int, after interval, outcome text);
    CREATE TEMP TABLE life_reminder (life int, place int, step int, kind text, whom text, after interval);
    CREATE TEMP TABLE made (
        id bigint, life int, pair bigint, began timestamptz, patient bigint, practice bigint, owner bigint,
        doctor bigint, location bigint, zone text, first_step bigint, step_count int
    );
"""
PATIENTS = f"""
    INSERT INTO people_patient (id, reference, given_name, family_name, birth_date, sex, email, phone, language, payer,
        plan_name, member_id, primary_care, home_location_id)
    SELECT n, upper(lpad(to_hex(n), 6, '0')), {GIVEN_NAME.format(of="n")}, {FAMILY_NAME.format(of="n")},
        date '1940-01-01' + (n * 7919 %% 22000)::int, CASE n %% 2 WHEN 0 THEN 'female' ELSE 'male' END,
        'bench' || n || '@example.org', '555 01' || lpad(n::text, 7, '0'), CASE n %% 6 WHEN 0 THEN 'es' ELSE 'en' END,
        'Test Mutual', '', '', '', (%(locations)s::bigint[])[1 + n %% 3]
    FROM generate_series(1, %(patients)s) AS n
"""  # noqa: S608 (its words are ours)
ENTRIES = f"""
    INSERT INTO directory_entry (id, resource, kind, name, suffix, npi, phone, fax, direct_address, address, languages,
        receives_by, notes, created_by_id)
    SELECT n, 'Organization', kind, {PRACTICE_NAME.format(of="n")} || ' ' || called, '', '',
        '555 02' || lpad(n::text, 5, '0'), '555 03' || lpad(n::text, 5, '0'), '', n || ' Test Street, Springfield',
        '{{en}}', 'fax', '', (%(coordinators)s::bigint[])[1]
    FROM generate_series(1, %(entries)s) AS n JOIN (VALUES
        (0, 'physical_therapy', 'Physical Therapy'), (1, 'imaging', 'Imaging'), (2, 'surgery', 'Spine Surgeons'),
        (3, 'behavioural_health', 'Behavioural Health'), (4, 'primary_care', 'Primary Care'),
        (5, 'pain_spine', 'Family Medicine')
    ) AS service (place, kind, called) ON service.place = n %% 6
"""  # noqa: S608 (its words are ours)
BEFORE = (("patients", "patients", PATIENTS), ("practices", "entries", ENTRIES))
# What came in is odd, and what went out of the same case is the even one after it.
MADE = """
    INSERT INTO made
    SELECT n, life.id, pair,
        now() - life.age - interval '1 minute' - CASE WHEN is_open THEN interval '0'
            ELSE %(span)s * (1 - n::float8 / %(referrals)s) END,
        1 + (pair - 1) %% %(patients)s,
        CASE WHEN life.direction = 'outgoing' AND step_count = 1 THEN NULL ELSE
            1 + (n * 31 %% (%(entries)s / 6)) * 6 + (5 + array_position(
                '{physical_therapy,imaging,surgery,behavioural_health,primary_care,pain_spine}', service) - 1) %% 6 END,
        (%(coordinators)s::bigint[])[1 + n %% cardinality(%(coordinators)s::bigint[])],
        (%(doctors)s::bigint[])[1 + n %% cardinality(%(doctors)s::bigint[])],
        place.id, place.time_zone,
        %(steps)s + sum(step_count) OVER (ORDER BY n) - step_count + CASE WHEN %(steps)s = 0 THEN 1 ELSE 0 END,
        step_count
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n
    CROSS JOIN LATERAL (SELECT (n + 1) / 2 AS pair) AS pairs
    JOIN life ON life.direction = CASE n %% 2 WHEN 1 THEN 'incoming' ELSE 'outgoing' END
        AND life.is_open = (n >= %(first_open)s) AND life.place = (n / 2 * 37 + n / 2 / %(lives)s) %% %(lives)s
    JOIN people_location place ON place.id = (%(locations)s::bigint[])[1 + pair %% cardinality(%(locations)s::bigint[])]
"""
CASES = """
    INSERT INTO record_case (id, reference, region, side, stage, stage_since, opened_at, location_id, patient_id)
    SELECT pair, upper(lpad(to_hex(pair), 6, '0')), 'lumbar', CASE pair %% 2 WHEN 0 THEN 'left' ELSE 'right' END,
        CASE WHEN NOT is_open THEN 'decided' WHEN state IN ('accepted', 'invited') THEN 'intake'
            WHEN state IN ('decided', 'answer_sent') THEN 'decided' ELSE 'review' END,
        began + state_after, began, location, patient
    FROM made JOIN life ON life.id = made.life WHERE life.direction = 'incoming'
"""
CODE = """(
    SELECT string_agg(substr(%(letters)s, 1 + digit::int, 1), '' ORDER BY place)
        || substr(%(letters)s, 1 + (29 - sum(place * digit) %% 29)::int * 11 %% 29, 1)
    FROM (SELECT place, (made.id * 7368787 + 1234567) %% 17249876309 / (29 ^ (place - 1))::bigint %% 29 AS digit
        FROM generate_series(1, 7) AS place) AS digits
)"""
REFERRALS = f"""
    INSERT INTO loop_referral (id, code, direction, service, urgency, said_name, state, state_since, red_flag,
        settled_at, settled_by_id, next_on, snoozed, attempts, escalated, risk, clock_before, clock_since, opened_at,
        opened_by_id, met_at, ended_at, case_id, patient_id, location_id, owner_id, practice_id)
    SELECT made.id, {CODE}, direction, service, urgency,
        CASE direction WHEN 'incoming' THEN person.given_name || ' ' || person.family_name ELSE '' END,
        state, began + state_after, red_flag, CASE WHEN settled THEN began END, CASE WHEN settled THEN owner END,
        CASE WHEN is_open THEN (now() AT TIME ZONE zone)::date + next_in END, snoozed, attempts, escalated, risk,
        clock_before, began + clock_since, began, CASE direction WHEN 'outgoing' THEN doctor END, began + met,
        CASE WHEN is_open THEN NULL ELSE began + state_after END,
        CASE WHEN is_known THEN pair END, CASE WHEN is_known THEN patient END, location, owner, practice
    FROM made JOIN life ON life.id = made.life JOIN people_patient person ON person.id = made.patient
"""  # noqa: S608 (its words are ours)
LINKS = """
    INSERT INTO loop_link (id, nonce, secret_hash, made_at, made_by_id, expires_at, referral_id)
    SELECT made.id, nonce, encode(sha256(nonce::text::bytea), 'hex'), began, owner, began + interval '180 days', made.id
    FROM made JOIN life ON life.id = made.life CROSS JOIN LATERAL (
        SELECT md5('bench' || made.id)::uuid AS nonce
    ) AS secret WHERE has_link
"""
STEPS = """
    INSERT INTO loop_step (id, direction, from_state, to_state, "on", how, why, reason, booked_on, told_on, done_at,
        done_by_id, link_id, practice_id, referral_id)
    SELECT first_step + step.place, direction, from_state, to_state, day, how, why, reason, day + booked_in,
        CASE WHEN told THEN day END, began + after,
        CASE WHEN speaker = 'staff' THEN CASE to_state WHEN 'read' THEN doctor ELSE owner END END,
        CASE WHEN speaker = 'link' THEN made.id END, CASE to_state WHEN 'sent' THEN practice END, made.id
    FROM made JOIN life ON life.id = made.life JOIN life_step step ON step.life = life.id
    CROSS JOIN LATERAL (SELECT ((began + after) AT TIME ZONE zone)::date AS day) AS local
    ORDER BY made.id, step.place
"""
CALLS = """
    INSERT INTO loop_work (kind, whom, outcome, note, owner_id, next_on, done_at, done_by_id, referral_id)
    SELECT 'call', CASE direction WHEN 'incoming' THEN 'referrer' ELSE 'practice' END, outcome, '', owner,
        ((began + after) AT TIME ZONE zone)::date + 2, began + after, owner, made.id
    FROM made JOIN life ON life.id = made.life JOIN life_call each ON each.life = life.id ORDER BY made.id, each.place
"""
REQUESTS = """
    INSERT INTO incoming_request (nonce, door, written_in, received_at, practice_name, practitioner_name, npi,
        sender_phone, sender_fax, sender_email, given_name, family_name, birth_date, sex, phone, email, language,
        interpreter, payer, plan_name, member_id, patient_knows, question, urgency, urgency_reason, region, side, exam,
        signs, tried, therapies, injections, imaging, scores, blood_thinner, blood_thinner_name,
        blood_thinner_prescriber, allergy_contrast, allergies, diabetes, pregnant, told, referral_id)
    SELECT md5('request' || made.id)::uuid, 'form', 'en', began, entry.name, 'Dr. Test Bench', '', entry.phone,
        entry.fax, 'practice' || practice || '@example.org', person.given_name, person.family_name,
        person.birth_date, person.sex, person.phone, person.email, person.language, '', person.payer, '', '', 'yes',
        'Pain for four months despite therapy. Is an injection the next step?', life.urgency, 'Made up', 'lumbar',
        CASE pair %% 2 WHEN 0 THEN 'left' ELSE 'right' END, '',
        CASE WHEN red_flag THEN '{"progressive_weakness": "yes"}' ELSE '{"progressive_weakness": "no"}' END::jsonb,
        'yes', '[{"kind": "physical_therapy", "outcome": "no_help"}]', '[]', '[]', '[]', 'no', '', '', 'no', '', 'no',
        '', '', made.id
    FROM made JOIN life ON life.id = made.life JOIN people_patient person ON person.id = made.patient
    JOIN directory_entry entry ON entry.id = made.practice WHERE direction = 'incoming' ORDER BY made.id
"""
REASONS = """
    INSERT INTO incoming_statusreason (step_id, codes)
    SELECT first_step + step.place, CASE to_state WHEN 'needs_information' THEN '{imaging_report,therapies}'
        ELSE '{in_the_letter}' END::varchar[]
    FROM made JOIN life ON life.id = made.life JOIN life_step step ON step.life = life.id
    WHERE direction = 'incoming' AND to_state IN ('needs_information', 'refused', 'handed_back')
    ORDER BY made.id, step.place
"""
ORDERS = """
    INSERT INTO outgoing_order (question, diagnosis, procedure, goals, goal_line, precautions, weakness, scores, study,
        region, studies, tried, helps, decided, visits, at_once, call, patient_told, language, filled, edition, made_at,
        made_by_id, signed_at, signed_by_id, quoted, referral_id)
    SELECT 'Made up for a measurement', 'Disc herniation; low back; radicular.', '', '{}', '', '', '', '[]',
        CASE service WHEN 'imaging' THEN 'mri' ELSE '' END, 'Low back', '', '', '', '', 8, 'Fever or chills',
        'Test Bench Clinic, 555 0100', '', 'English', '{}', 1, began, doctor,
        CASE WHEN has_link THEN began END, CASE WHEN has_link THEN doctor END,
        CASE WHEN has_link THEN jsonb_build_object(
            'date', to_char(began, 'FMDD FMMonth YYYY'), 'title', 'Referral', 'urgency', initcap(urgency),
            'patient', jsonb_build_array(jsonb_build_array('Name', person.given_name || ' ' || person.family_name)),
            'warning', jsonb_build_object('heading', 'Send the patient back at once, if',
                'items', jsonb_build_array('Fever or chills')),
            'sections', jsonb_build_array(jsonb_build_object('kind', 'paragraphs', 'yields', 0,
                'heading', 'What we ask, and why', 'texts', jsonb_build_array('Made up for a measurement'))),
            'sign_off', jsonb_build_object('how', 'Signed electronically', 'name', 'Test Bench Doctor',
                'credentials', '')) END,
        made.id
    FROM made JOIN life ON life.id = made.life JOIN people_patient person ON person.id = made.patient
    WHERE direction = 'outgoing' ORDER BY made.id
"""
MESSAGES = """
    INSERT INTO post_message (id, kind, "to", language, subject, body, created_at, state, state_at, tries, urgent,
        error, stop_url)
    SELECT made.id * 4 + each.place, 'remind_' || kind,
        CASE whom WHEN 'patient' THEN person.email ELSE 'practice' || practice || '@example.org' END, person.language,
        'A reminder', 'Made up for a measurement', began + after, 'sent', began + after + interval '30 seconds', 1,
        false, '', ''
    FROM made JOIN life_reminder each ON each.life = made.life JOIN people_patient person ON person.id = made.patient
"""
REMINDERS = """
    INSERT INTO reminders_reminder (id, kind, place, number, whom, patient_id, day, secret_hash, made_at, message_id,
        referral_id, step_id)
    SELECT made.id * 4 + each.place, kind, 0, 1, whom, CASE whom WHEN 'patient' THEN patient END,
        ((began + after) AT TIME ZONE zone)::date, encode(sha256(('stop' || made.id || each.place)::bytea), 'hex'),
        began + after, made.id * 4 + each.place, made.id, first_step + each.step
    FROM made JOIN life_reminder each ON each.life = made.life
"""
OF_A_BATCH = (
    *("TRUNCATE made", MADE, "ANALYZE made", CASES, REFERRALS, LINKS, STEPS, CALLS, REQUESTS, REASONS, ORDERS),
    *(MESSAGES, REMINDERS),
)
NUMBERS_GO_ON = (
    "SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM {table}), false)"
)
# What triggers keep of rows that come one by one; the table's own constraints were checked as these were written.
PROMISES = {
    "a referral's state is not its latest step": """
        SELECT count(*) FROM loop_referral r LEFT JOIN (
            SELECT DISTINCT ON (referral_id) referral_id, to_state, done_at FROM loop_step ORDER BY referral_id, id DESC
        ) latest ON latest.referral_id = r.id
        WHERE latest.to_state IS DISTINCT FROM r.state OR latest.done_at IS DISTINCT FROM r.state_since
    """,
    "a step does not begin where the one before ended": """
        SELECT count(*) FROM (
            SELECT from_state, direction, done_at, referral_id,
                lag(to_state, 1, '') OVER way AS before, lag(done_at) OVER way AS earlier
            FROM loop_step WINDOW way AS (PARTITION BY referral_id ORDER BY id)
        ) s JOIN loop_referral r ON r.id = s.referral_id
        WHERE s.from_state <> s.before OR s.direction <> r.direction OR s.done_at < s.earlier
    """,
    "something lies in the future": "SELECT count(*) FROM loop_step WHERE done_at > now()",
    "a referral has another patient than its case": """
        SELECT count(*) FROM loop_referral r JOIN record_case c ON c.id = r.case_id WHERE c.patient_id <> r.patient_id
    """,
    "a referral lacks its request or order": """
        SELECT count(*) FROM loop_referral r LEFT JOIN incoming_request q ON q.referral_id = r.id
        LEFT JOIN outgoing_order o ON o.referral_id = r.id
        WHERE CASE r.direction WHEN 'incoming' THEN q.id ELSE o.id END IS NULL
    """,
}
REFERENCES = """
    SELECT c.conrelid::regclass || ' points at nothing: ' || c.conname, format(
        'SELECT count(*) FROM %%s t LEFT JOIN %%s f ON f.%%I = t.%%I WHERE t.%%I IS NOT NULL AND f.%%I IS NULL',
        c.conrelid::regclass, c.confrelid::regclass, there.attname, here.attname, here.attname, there.attname)
    FROM pg_constraint c
    JOIN pg_attribute here ON here.attrelid = c.conrelid AND here.attnum = c.conkey[1]
    JOIN pg_attribute there ON there.attrelid = c.confrelid AND there.attnum = c.confkey[1]
    WHERE c.contype = 'f' AND c.conrelid = ANY (SELECT to_regclass(name) FROM unnest(%(tables)s::text[]) AS name)
"""
