import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import simple_history.models
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("activities", "0001_initial"),
        ("projects", "0001_initial"),
        ("taxonomies", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SuccessStory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("code", models.CharField(max_length=40, verbose_name="Kennung")),
                ("reporting_year", models.IntegerField(verbose_name="Berichtsjahr")),
                ("position", models.IntegerField(verbose_name="Reihenfolge")),
                ("title", models.CharField(max_length=300, verbose_name="Titel")),
                ("body", models.TextField(verbose_name="Text")),
                ("example", models.BooleanField(default=False, verbose_name="erfunden")),
                (
                    "activity",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.activity",
                        verbose_name="Aktivität",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.cluster",
                        to_field="cluster_id",
                        verbose_name="Heimatcluster",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.project",
                        verbose_name="Projekt",
                    ),
                ),
            ],
            options={
                "verbose_name": "Erfolgsbeispiel",
                "verbose_name_plural": "Erfolgsbeispiele",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="successstory_version_from_one"
                    ),
                    models.UniqueConstraint(fields=("code",), name="story_code_once"),
                    models.UniqueConstraint(
                        fields=("cluster", "reporting_year", "position"), name="story_position_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length(django.db.models.functions.text.Trim("code")), 0
                            ),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("code"), 40
                            ),
                        ),
                        name="story_code_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length(django.db.models.functions.text.Trim("title")), 0
                            ),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("title"), 300
                            ),
                        ),
                        name="story_title_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length(django.db.models.functions.text.Trim("body")), 0
                            )
                        ),
                        name="story_body_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reporting_year__range", (2000, 2100))), name="story_year_plausible"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoryAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Begriff",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="editorial.successstory",
                        verbose_name="Erfolgsbeispiel",
                    ),
                ),
            ],
            options={
                "verbose_name": "Zuordnung eines Erfolgsbeispiels",
                "verbose_name_plural": "Zuordnungen der Erfolgsbeispiele",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="storyassignment_version_from_one"
                    ),
                    models.UniqueConstraint(fields=("story", "term"), name="story_term_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalStoryAssignment",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("history_change_reason", models.CharField(max_length=200, null=True, verbose_name="Anlass")),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                ("history_user_id", models.BigIntegerField(null=True, verbose_name="Konto")),
                (
                    "term",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Begriff",
                    ),
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
            ],
            options={
                "verbose_name": "historical Zuordnung eines Erfolgsbeispiels",
                "verbose_name_plural": "historical Zuordnungen der Erfolgsbeispiele",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="editorial_h_history_3b09e4_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="EditionText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("reporting_year", models.IntegerField(verbose_name="Berichtsjahr")),
                ("chapter", models.CharField(max_length=100, verbose_name="Kapitel")),
                ("language", models.CharField(max_length=2, verbose_name="Sprache")),
                ("position", models.IntegerField(verbose_name="Reihenfolge")),
                ("body", models.TextField(verbose_name="Text")),
                ("example", models.BooleanField(default=False, verbose_name="erfunden")),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.cluster",
                        to_field="cluster_id",
                        verbose_name="Cluster",
                    ),
                ),
            ],
            options={
                "verbose_name": "Text einer Ausgabe",
                "verbose_name_plural": "Texte der Ausgaben",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="editiontext_version_from_one"
                    ),
                    models.UniqueConstraint(
                        fields=("cluster", "reporting_year", "chapter", "language", "position"),
                        name="text_position_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length(django.db.models.functions.text.Trim("chapter")),
                                0,
                            ),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("chapter"), 100
                            ),
                        ),
                        name="text_chapter_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length(django.db.models.functions.text.Trim("body")), 0
                            )
                        ),
                        name="text_body_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("language"), 2)
                        ),
                        name="text_language_two_letters",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reporting_year__range", (2000, 2100))), name="text_year_plausible"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalEditionText",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("reporting_year", models.IntegerField(verbose_name="Berichtsjahr")),
                ("chapter", models.CharField(max_length=100, verbose_name="Kapitel")),
                ("language", models.CharField(max_length=2, verbose_name="Sprache")),
                ("position", models.IntegerField(verbose_name="Reihenfolge")),
                ("body", models.TextField(verbose_name="Text")),
                ("example", models.BooleanField(default=False, verbose_name="erfunden")),
                ("history_change_reason", models.CharField(max_length=200, null=True, verbose_name="Anlass")),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                ("history_user_id", models.BigIntegerField(null=True, verbose_name="Konto")),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="taxonomies.cluster",
                        to_field="cluster_id",
                        verbose_name="Cluster",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical Text einer Ausgabe",
                "verbose_name_plural": "historical Texte der Ausgaben",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="editorial_h_history_c90503_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalInterviewNote",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("reporting_year", models.IntegerField(verbose_name="Berichtsjahr")),
                ("topic", models.CharField(max_length=200, verbose_name="Thema")),
                ("body", models.TextField(verbose_name="Notiz")),
                ("held_on", models.DateField(verbose_name="geführt am")),
                ("example", models.BooleanField(default=False, verbose_name="erfunden")),
                ("history_change_reason", models.CharField(max_length=200, null=True, verbose_name="Anlass")),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                ("history_user_id", models.BigIntegerField(null=True, verbose_name="Konto")),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="taxonomies.cluster",
                        to_field="cluster_id",
                        verbose_name="Cluster",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical Interviewnotiz",
                "verbose_name_plural": "historical Interviewnotizen",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="editorial_h_history_2115e1_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMacroValue",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("reporting_year", models.IntegerField(verbose_name="Berichtsjahr")),
                ("period_from", models.IntegerField(null=True, verbose_name="erstes Jahr")),
                ("period", models.IntegerField(verbose_name="Jahr")),
                ("value", models.BigIntegerField(verbose_name="Wert")),
                ("source", models.TextField(verbose_name="Quelle")),
                ("note", models.TextField(null=True, verbose_name="Anmerkung")),
                ("history_change_reason", models.CharField(max_length=200, null=True, verbose_name="Anlass")),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                ("history_user_id", models.BigIntegerField(null=True, verbose_name="Konto")),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="taxonomies.cluster",
                        to_field="cluster_id",
                        verbose_name="Cluster",
                    ),
                ),
                (
                    "delimitation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Abgrenzung",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Größe",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Einheit",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical makroökonomischer Wert",
                "verbose_name_plural": "historical makroökonomische Werte",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="editorial_h_history_ae4f4c_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSuccessStory",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("code", models.CharField(max_length=40, verbose_name="Kennung")),
                ("reporting_year", models.IntegerField(verbose_name="Berichtsjahr")),
                ("position", models.IntegerField(verbose_name="Reihenfolge")),
                ("title", models.CharField(max_length=300, verbose_name="Titel")),
                ("body", models.TextField(verbose_name="Text")),
                ("example", models.BooleanField(default=False, verbose_name="erfunden")),
                ("history_change_reason", models.CharField(max_length=200, null=True, verbose_name="Anlass")),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                ("history_user_id", models.BigIntegerField(null=True, verbose_name="Konto")),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="activities.activity",
                        verbose_name="Aktivität",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="taxonomies.cluster",
                        to_field="cluster_id",
                        verbose_name="Heimatcluster",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.project",
                        verbose_name="Projekt",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical Erfolgsbeispiel",
                "verbose_name_plural": "historical Erfolgsbeispiele",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="editorial_h_history_bf0328_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="InterviewNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("reporting_year", models.IntegerField(verbose_name="Berichtsjahr")),
                ("topic", models.CharField(max_length=200, verbose_name="Thema")),
                ("body", models.TextField(verbose_name="Notiz")),
                ("held_on", models.DateField(verbose_name="geführt am")),
                ("example", models.BooleanField(default=False, verbose_name="erfunden")),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.cluster",
                        to_field="cluster_id",
                        verbose_name="Cluster",
                    ),
                ),
            ],
            options={
                "verbose_name": "Interviewnotiz",
                "verbose_name_plural": "Interviewnotizen",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="interviewnote_version_from_one"
                    ),
                    models.UniqueConstraint(fields=("cluster", "reporting_year", "topic", "held_on"), name="note_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length(django.db.models.functions.text.Trim("topic")), 0
                            ),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("topic"), 200
                            ),
                        ),
                        name="note_topic_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length(django.db.models.functions.text.Trim("body")), 0
                            )
                        ),
                        name="note_body_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reporting_year__range", (2000, 2100))), name="note_year_plausible"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MacroValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("reporting_year", models.IntegerField(verbose_name="Berichtsjahr")),
                ("period_from", models.IntegerField(null=True, verbose_name="erstes Jahr")),
                ("period", models.IntegerField(verbose_name="Jahr")),
                ("value", models.BigIntegerField(verbose_name="Wert")),
                ("source", models.TextField(verbose_name="Quelle")),
                ("note", models.TextField(null=True, verbose_name="Anmerkung")),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.cluster",
                        to_field="cluster_id",
                        verbose_name="Cluster",
                    ),
                ),
                (
                    "delimitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Abgrenzung",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Größe",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Einheit",
                    ),
                ),
            ],
            options={
                "verbose_name": "makroökonomischer Wert",
                "verbose_name_plural": "makroökonomische Werte",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="macrovalue_version_from_one"),
                    models.UniqueConstraint(
                        condition=models.Q(("period_from__isnull", True)),
                        fields=("cluster", "delimitation", "measure", "reporting_year", "period"),
                        name="macro_value_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("period_from__isnull", False)),
                        fields=("cluster", "delimitation", "measure", "reporting_year", "period_from", "period"),
                        name="macro_development_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length(django.db.models.functions.text.Trim("source")),
                                0,
                            )
                        ),
                        name="macro_source_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reporting_year__range", (2000, 2100))), name="macro_year_plausible"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__range", (2000, 2100))), name="macro_period_plausible"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_from__isnull", True), ("period_from__lt", models.F("period")), _connector="OR"
                        ),
                        name="macro_period_forward",
                    ),
                ],
            },
        ),
    ]
