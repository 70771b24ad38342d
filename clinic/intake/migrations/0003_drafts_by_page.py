from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_initial")]

    operations = [
        migrations.RemoveConstraint("draft", "one_draft_a_section"),
        migrations.RenameField("draft", "section", "page"),
        migrations.AlterField("draft", "page", models.CharField(max_length=100)),
        migrations.AddConstraint(
            "draft", models.UniqueConstraint(fields=["intake", "page"], name="one_draft_a_page")
        ),
        migrations.AddField("answer", "row", models.UUIDField(null=True)),
        migrations.RemoveIndex("answer", "intake_answ_intake__f18df0_idx"),
        migrations.AddIndex(
            "answer", models.Index(fields=["intake", "row", "question", "-id"], name="answer_latest")
        ),
    ]
