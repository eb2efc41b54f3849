import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import simple_history.models
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("actors", "0001_initial"),
        ("taxonomies", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("code", models.CharField(max_length=40, verbose_name="Kennung")),
                ("title", models.CharField(max_length=300, verbose_name="Titel")),
                ("description", models.TextField(null=True, verbose_name="Beschreibung")),
                ("activity_start", models.DateField(verbose_name="Beginn")),
                ("activity_end", models.DateField(null=True, verbose_name="Ende")),
                ("is_standard", models.BooleanField(default=False, verbose_name="Standardaktivität")),
                ("is_lead", models.BooleanField(default=False, verbose_name="Clustermanagement federführend")),
                ("example", models.BooleanField(default=False, verbose_name="erfunden")),
                (
                    "activity_format",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Format",
                    ),
                ),
                (
                    "activity_kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Art",
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
            ],
            options={
                "verbose_name": "Sonstige Aktivität",
                "verbose_name_plural": "Sonstige Aktivitäten",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="activity_version_from_one"),
                    models.UniqueConstraint(fields=("code",), name="activity_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length(django.db.models.functions.text.Trim("code")), 0
                            ),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("code"), 40
                            ),
                        ),
                        name="activity_code_given",
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
                        name="activity_title_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("activity_end__isnull", True),
                            ("activity_start__isnull", True),
                            ("activity_end__gte", models.F("activity_start")),
                            _connector="OR",
                        ),
                        name="activity_end_not_before_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("is_main", models.BooleanField(default=False, verbose_name="Hauptzuordnung")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="activities.activity",
                        verbose_name="Aktivität",
                    ),
                ),
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
            ],
            options={
                "verbose_name": "Zuordnung einer Aktivität",
                "verbose_name_plural": "Zuordnungen der Aktivitäten",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="activityassignment_version_from_one"
                    ),
                    models.UniqueConstraint(fields=("activity", "term"), name="activity_term_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityParticipation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="activities.activity",
                        verbose_name="Aktivität",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actors.actor",
                        verbose_name="Akteur",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Rolle",
                    ),
                ),
            ],
            options={
                "verbose_name": "Beteiligung an einer Aktivität",
                "verbose_name_plural": "Beteiligungen an Aktivitäten",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="activityparticipation_version_from_one"
                    ),
                    models.UniqueConstraint(fields=("activity", "actor"), name="activity_partner_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalActivity",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("code", models.CharField(max_length=40, verbose_name="Kennung")),
                ("title", models.CharField(max_length=300, verbose_name="Titel")),
                ("description", models.TextField(null=True, verbose_name="Beschreibung")),
                ("activity_start", models.DateField(verbose_name="Beginn")),
                ("activity_end", models.DateField(null=True, verbose_name="Ende")),
                ("is_standard", models.BooleanField(default=False, verbose_name="Standardaktivität")),
                ("is_lead", models.BooleanField(default=False, verbose_name="Clustermanagement federführend")),
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
                    "activity_format",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Format",
                    ),
                ),
                (
                    "activity_kind",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Art",
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
            ],
            options={
                "verbose_name": "historical Sonstige Aktivität",
                "verbose_name_plural": "historical Sonstige Aktivitäten",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="activities__history_9d0229_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalActivityAssignment",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("is_main", models.BooleanField(default=False, verbose_name="Hauptzuordnung")),
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
            ],
            options={
                "verbose_name": "historical Zuordnung einer Aktivität",
                "verbose_name_plural": "historical Zuordnungen der Aktivitäten",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="activities__history_616d6c_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalActivityParticipation",
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
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="actors.actor",
                        verbose_name="Akteur",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Rolle",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical Beteiligung an einer Aktivität",
                "verbose_name_plural": "historical Beteiligungen an Aktivitäten",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="activities__history_0cb44e_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
