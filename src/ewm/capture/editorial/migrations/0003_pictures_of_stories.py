import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import simple_history.models
from django.db import migrations, models

import ewm.capture.base


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0002_history_tells_account_and_channel"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalPictureContent",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
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
                "verbose_name": "historical Bilddatei",
                "verbose_name_plural": "historical Bilddateien",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="editorial_h_history_9138f9_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PictureContent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("content", models.BinaryField(verbose_name="Bild")),
            ],
            options={
                "verbose_name": "Bilddatei",
                "verbose_name_plural": "Bilddateien",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="picturecontent_version_from_one"
                    ),
                    models.UniqueConstraint(fields=("sha256",), name="picture_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("sha256"), 64)
                        ),
                        name="picture_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(django.db.models.functions.text.Length("content"), 0),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("content"), 2097152
                            ),
                        ),
                        name="picture_size",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalStoryPicture",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("media_type", models.CharField(max_length=20, verbose_name="Art")),
                ("file_name", models.CharField(max_length=200, verbose_name="Dateiname")),
                ("alt_de", models.CharField(max_length=500, verbose_name="Alternativtext")),
                ("alt_en", models.CharField(max_length=500, null=True, verbose_name="Alternativtext, englisch")),
                ("credit", models.CharField(max_length=300, verbose_name="Bildnachweis")),
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
                (
                    "story",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="editorial.successstory",
                        verbose_name="Erfolgsbeispiel",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="editorial.picturecontent",
                        to_field="sha256",
                        verbose_name="Bilddatei",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical Bild eines Erfolgsbeispiels",
                "verbose_name_plural": "historical Bilder der Erfolgsbeispiele",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="editorial_h_history_a5a948_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="StoryPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("media_type", models.CharField(max_length=20, verbose_name="Art")),
                ("file_name", models.CharField(max_length=200, verbose_name="Dateiname")),
                ("alt_de", models.CharField(max_length=500, verbose_name="Alternativtext")),
                ("alt_en", models.CharField(max_length=500, null=True, verbose_name="Alternativtext, englisch")),
                ("credit", models.CharField(max_length=300, verbose_name="Bildnachweis")),
                (
                    "picture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="editorial.picturecontent",
                        to_field="sha256",
                        verbose_name="Bilddatei",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pictures",
                        to="editorial.successstory",
                        verbose_name="Erfolgsbeispiel",
                    ),
                ),
            ],
            options={
                "verbose_name": "Bild eines Erfolgsbeispiels",
                "verbose_name_plural": "Bilder der Erfolgsbeispiele",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="storypicture_version_from_one"
                    ),
                    models.UniqueConstraint(fields=("story",), name="story_picture_once"),
                    models.CheckConstraint(
                        condition=models.Q(("media_type__in", ("image/png", "image/jpeg"))),
                        name="story_picture_media_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length(
                                    django.db.models.functions.text.Trim("file_name")
                                ),
                                0,
                            ),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("file_name"), 200
                            ),
                        ),
                        name="story_picture_file_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length(django.db.models.functions.text.Trim("alt_de")),
                                0,
                            ),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("alt_de"), 500
                            ),
                        ),
                        name="story_picture_alt_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length(django.db.models.functions.text.Trim("alt_en")),
                                0,
                            ),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("alt_en"), 500
                            ),
                        ),
                        name="story_picture_alt_en_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length(django.db.models.functions.text.Trim("credit")),
                                0,
                            ),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("credit"), 300
                            ),
                        ),
                        name="story_picture_credit_given",
                    ),
                ],
            },
        ),
    ]
