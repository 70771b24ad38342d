from django.db import migrations, models

import clinic.audit.clock


class Migration(migrations.Migration):

    dependencies = [("people", "0002_search")]

    operations = [
        migrations.CreateModel(
            name="SignInCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254)),
                ("code_hash", models.CharField(max_length=64)),
                ("language", models.CharField(choices=[("en", "English"), ("es", "Español")], max_length=2)),
                (
                    "created_at",
                    models.DateTimeField(db_default=clinic.audit.clock.DatabaseNow(), editable=False),
                ),
                ("expires_at", models.DateTimeField()),
                ("wrong_tries", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(null=True)),
            ],
            options={"indexes": [models.Index(fields=["created_at"], name="people_sign_created_850cb7_idx")]},
        ),
    ]
