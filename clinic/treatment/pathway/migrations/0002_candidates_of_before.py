from django.db import migrations

# Whoever was a candidate before this room opened stands on its list too.
OPEN = """
INSERT INTO pathway_pathway (decision_id, case_id, owner_id, next_on, ended_because, ended_words)
SELECT decision.id, decision.case_id, decision.signed_by_id,
       (clinic_now() AT TIME ZONE location.time_zone)::date, '', ''
FROM candidacy_decision decision
JOIN record_case ON record_case.id = decision.case_id
JOIN people_location location ON location.id = record_case.location_id
WHERE decision.outcome = 'candidate'
  AND NOT EXISTS (SELECT FROM candidacy_decision later WHERE later.supersedes_id = decision.id)
  AND NOT EXISTS (SELECT FROM pathway_pathway WHERE pathway_pathway.decision_id = decision.id);
"""


class Migration(migrations.Migration):
    dependencies = [("pathway", "0001_initial")]
    operations = [migrations.RunSQL(OPEN, migrations.RunSQL.noop)]
