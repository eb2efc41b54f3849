import django.db.models.functions.text
import django.db.models.lookups
import simple_history.models
from django.db import migrations, models

import ewm.capture.base


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("kind", models.CharField(max_length=20, verbose_name="Art des Eintrags")),
                ("record", models.CharField(max_length=40, verbose_name="Kennung")),
                ("text", models.TextField(verbose_name="Kommentar")),
                ("account", models.BigIntegerField(null=True, verbose_name="Konto")),
                ("moment", models.DateTimeField(verbose_name="geschrieben am")),
                ("edited_at", models.DateTimeField(null=True, verbose_name="geändert am")),
                ("withdrawn", models.BooleanField(default=False, verbose_name="zurückgezogen")),
            ],
            options={
                "verbose_name": "Kommentar",
                "verbose_name_plural": "Kommentare",
                "abstract": False,
                "indexes": [models.Index(fields=["kind", "record"], name="comment_of_a_record")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="comment_version_from_one"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("project", "activity", "actor"))), name="comment_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length(django.db.models.functions.text.Trim("text")), 0
                            ),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("text"), 2000
                            ),
                        ),
                        name="comment_given",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalComment",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("kind", models.CharField(max_length=20, verbose_name="Art des Eintrags")),
                ("record", models.CharField(max_length=40, verbose_name="Kennung")),
                ("text", models.TextField(verbose_name="Kommentar")),
                ("account", models.BigIntegerField(null=True, verbose_name="Konto")),
                ("moment", models.DateTimeField(verbose_name="geschrieben am")),
                ("edited_at", models.DateTimeField(null=True, verbose_name="geändert am")),
                ("withdrawn", models.BooleanField(default=False, verbose_name="zurückgezogen")),
                ("history_change_reason", models.CharField(max_length=200, null=True, verbose_name="Anlass")),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user_id",
                    models.BigIntegerField(default=ewm.capture.base.acting_account, null=True, verbose_name="Konto"),
                ),
                (
                    "history_channel",
                    models.CharField(default=ewm.capture.base.acting_channel, max_length=10, verbose_name="Weg"),
                ),
            ],
            options={
                "verbose_name": "historical Kommentar",
                "verbose_name_plural": "historical Kommentare",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="timeline_hi_history_d8e82c_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
