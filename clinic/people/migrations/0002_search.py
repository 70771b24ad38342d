import django.contrib.postgres.indexes
from django.db import migrations

import clinic.people.models

# `unaccent` with its dictionary named does not change, so an index may rest on it.
CLINIC_PLAIN = """
CREATE OR REPLACE FUNCTION clinic_plain(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT lower(public.unaccent('public.unaccent'::regdictionary, words))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(CLINIC_PLAIN, "DROP FUNCTION clinic_plain(text)"),
        migrations.AddIndex(
            model_name="patient",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    clinic.people.models.Plain("given_name", "family_name", "email"), name="gin_trgm_ops"
                ),
                name="patient_found_in",
            ),
        ),
        migrations.AddIndex(
            model_name="patient",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(clinic.people.models.Digits("phone"), name="gin_trgm_ops"),
                name="patient_phone_digits",
            ),
        ),
    ]
