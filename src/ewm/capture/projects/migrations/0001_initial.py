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
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("code", models.CharField(max_length=40, verbose_name="Kennung")),
                ("title", models.CharField(max_length=300, verbose_name="Titel")),
                ("description", models.TextField(null=True, verbose_name="Beschreibung")),
                ("support_start", models.DateField(verbose_name="Beginn der Begleitung")),
                ("support_end", models.DateField(null=True, verbose_name="Ende der Begleitung")),
                ("official_start", models.DateField(null=True, verbose_name="offizieller Beginn")),
                ("official_end", models.DateField(null=True, verbose_name="offizielles Ende")),
                ("is_rdi", models.BooleanField(verbose_name="Forschung, Entwicklung oder Innovation")),
                ("project_volume", models.BigIntegerField(null=True, verbose_name="Projektvolumen in Cent")),
                (
                    "project_volume_regional",
                    models.BigIntegerField(null=True, verbose_name="Projektvolumen der Region in Cent"),
                ),
                (
                    "project_volume_estimated",
                    models.BooleanField(default=False, verbose_name="Projektvolumen geschätzt"),
                ),
                ("funding_volume", models.BigIntegerField(null=True, verbose_name="Fördervolumen in Cent")),
                (
                    "funding_volume_regional",
                    models.BigIntegerField(null=True, verbose_name="Fördervolumen der Region in Cent"),
                ),
                (
                    "funding_volume_estimated",
                    models.BooleanField(default=False, verbose_name="Fördervolumen geschätzt"),
                ),
                ("example", models.BooleanField(default=False, verbose_name="erfunden")),
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
                    "funding_state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="öffentliche Förderung",
                    ),
                ),
            ],
            options={
                "verbose_name": "Projekt",
                "verbose_name_plural": "Projekte",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="project_version_from_one"),
                    models.UniqueConstraint(fields=("code",), name="project_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length(django.db.models.functions.text.Trim("code")), 0
                            ),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("code"), 40
                            ),
                        ),
                        name="project_code_given",
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
                        name="project_title_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("support_end__isnull", True),
                            ("support_start__isnull", True),
                            ("support_end__gte", models.F("support_start")),
                            _connector="OR",
                        ),
                        name="support_end_not_before_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("official_end__isnull", True),
                            ("official_start__isnull", True),
                            ("official_end__gte", models.F("official_start")),
                            _connector="OR",
                        ),
                        name="official_end_not_before_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("project_volume__gte", 0)), name="project_volume_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("project_volume_regional__gte", 0)),
                        name="project_volume_regional_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("funding_volume__gte", 0)), name="funding_volume_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("funding_volume_regional__gte", 0)),
                        name="funding_volume_regional_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("funding_volume__isnull", True),
                            ("project_volume__isnull", True),
                            ("funding_volume__lte", models.F("project_volume")),
                            _connector="OR",
                        ),
                        name="funding_within_project_volume",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("project_volume_regional__isnull", True),
                            models.Q(
                                ("project_volume__isnull", False),
                                ("project_volume_regional__lte", models.F("project_volume")),
                            ),
                            _connector="OR",
                        ),
                        name="regional_within_project_volume",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("funding_volume_regional__isnull", True),
                            models.Q(
                                ("funding_volume__isnull", False),
                                ("funding_volume_regional__lte", models.F("funding_volume")),
                            ),
                            _connector="OR",
                        ),
                        name="regional_within_funding_volume",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("funding_state", "none"), ("funding_volume", 0), ("funding_volume__isnull", False)
                            ),
                            models.Q(
                                models.Q(("funding_state", "none"), _negated=True),
                                models.Q(("funding_volume__isnull", True), ("funding_volume__gt", 0), _connector="OR"),
                            ),
                            _connector="OR",
                        ),
                        name="unfunded_without_funding_volume",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalProjectSupportingCluster",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("supporting_from", models.DateField(verbose_name="begleitet ab")),
                ("supporting_to", models.DateField(null=True, verbose_name="begleitet bis")),
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
                        verbose_name="begleitendes Cluster",
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
                "verbose_name": "historical begleitendes Cluster",
                "verbose_name_plural": "historical begleitende Cluster",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="projects_hi_history_05d674_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalProjectStatusEvent",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("status_from", models.DateField(verbose_name="Status ab")),
                ("history_change_reason", models.CharField(max_length=200, null=True, verbose_name="Anlass")),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                ("history_user_id", models.BigIntegerField(null=True, verbose_name="Konto")),
                (
                    "status",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Status",
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
                "verbose_name": "historical Statuswechsel",
                "verbose_name_plural": "historical Statuswechsel",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="projects_hi_history_87936d_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalProjectParticipation",
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
                "verbose_name": "historical Beteiligung an einem Projekt",
                "verbose_name_plural": "historical Beteiligungen an Projekten",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="projects_hi_history_47948c_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalProjectFunding",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("amount", models.BigIntegerField(verbose_name="Betrag in Cent")),
                ("history_change_reason", models.CharField(max_length=200, null=True, verbose_name="Anlass")),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                ("history_user_id", models.BigIntegerField(null=True, verbose_name="Konto")),
                (
                    "funds_origin",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="woher die Mittel stammen",
                    ),
                ),
                (
                    "granting_body",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="wer bewilligt",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Förderprogramm",
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
                "verbose_name": "historical Förderung",
                "verbose_name_plural": "historical Förderungen",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="projects_hi_history_6d81d4_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalProjectAssignment",
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
                "verbose_name": "historical Zuordnung eines Projekts",
                "verbose_name_plural": "historical Zuordnungen der Projekte",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="projects_hi_history_e7a5e7_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ProjectAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("is_main", models.BooleanField(default=False, verbose_name="Hauptzuordnung")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="projects.project",
                        verbose_name="Projekt",
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
                "verbose_name": "Zuordnung eines Projekts",
                "verbose_name_plural": "Zuordnungen der Projekte",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="projectassignment_version_from_one"
                    ),
                    models.UniqueConstraint(fields=("project", "term"), name="project_term_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectFunding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("amount", models.BigIntegerField(verbose_name="Betrag in Cent")),
                (
                    "funds_origin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="woher die Mittel stammen",
                    ),
                ),
                (
                    "granting_body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="wer bewilligt",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Förderprogramm",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funding",
                        to="projects.project",
                        verbose_name="Projekt",
                    ),
                ),
            ],
            options={
                "verbose_name": "Förderung",
                "verbose_name_plural": "Förderungen",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="projectfunding_version_from_one"
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="funding_amount_above_zero"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("granting_body", "unfunded"), _negated=True),
                            models.Q(("funds_origin", "unfunded"), _negated=True),
                        ),
                        name="funding_has_a_funding_body",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectParticipation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="projects.project",
                        verbose_name="Projekt",
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
                "verbose_name": "Beteiligung an einem Projekt",
                "verbose_name_plural": "Beteiligungen an Projekten",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="projectparticipation_version_from_one"
                    ),
                    models.UniqueConstraint(fields=("project", "actor"), name="project_partner_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectStatusEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("status_from", models.DateField(verbose_name="Status ab")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="status_events",
                        to="projects.project",
                        verbose_name="Projekt",
                    ),
                ),
                (
                    "status",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Status",
                    ),
                ),
            ],
            options={
                "verbose_name": "Statuswechsel",
                "verbose_name_plural": "Statuswechsel",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="projectstatusevent_version_from_one"
                    ),
                    models.UniqueConstraint(fields=("project", "status_from"), name="one_status_a_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectSupportingCluster",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("supporting_from", models.DateField(verbose_name="begleitet ab")),
                ("supporting_to", models.DateField(null=True, verbose_name="begleitet bis")),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.cluster",
                        to_field="cluster_id",
                        verbose_name="begleitendes Cluster",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supporting_clusters",
                        to="projects.project",
                        verbose_name="Projekt",
                    ),
                ),
            ],
            options={
                "verbose_name": "begleitendes Cluster",
                "verbose_name_plural": "begleitende Cluster",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="projectsupportingcluster_version_from_one"
                    ),
                    models.UniqueConstraint(
                        fields=("project", "cluster", "supporting_from"), name="supporting_cluster_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("supporting_to__isnull", True),
                            ("supporting_from__isnull", True),
                            ("supporting_to__gte", models.F("supporting_from")),
                            _connector="OR",
                        ),
                        name="supporting_end_not_before_begin",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalProject",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("code", models.CharField(max_length=40, verbose_name="Kennung")),
                ("title", models.CharField(max_length=300, verbose_name="Titel")),
                ("description", models.TextField(null=True, verbose_name="Beschreibung")),
                ("support_start", models.DateField(verbose_name="Beginn der Begleitung")),
                ("support_end", models.DateField(null=True, verbose_name="Ende der Begleitung")),
                ("official_start", models.DateField(null=True, verbose_name="offizieller Beginn")),
                ("official_end", models.DateField(null=True, verbose_name="offizielles Ende")),
                ("is_rdi", models.BooleanField(verbose_name="Forschung, Entwicklung oder Innovation")),
                ("project_volume", models.BigIntegerField(null=True, verbose_name="Projektvolumen in Cent")),
                (
                    "project_volume_regional",
                    models.BigIntegerField(null=True, verbose_name="Projektvolumen der Region in Cent"),
                ),
                (
                    "project_volume_estimated",
                    models.BooleanField(default=False, verbose_name="Projektvolumen geschätzt"),
                ),
                ("funding_volume", models.BigIntegerField(null=True, verbose_name="Fördervolumen in Cent")),
                (
                    "funding_volume_regional",
                    models.BigIntegerField(null=True, verbose_name="Fördervolumen der Region in Cent"),
                ),
                (
                    "funding_volume_estimated",
                    models.BooleanField(default=False, verbose_name="Fördervolumen geschätzt"),
                ),
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
                        verbose_name="Heimatcluster",
                    ),
                ),
                (
                    "funding_state",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="öffentliche Förderung",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical Projekt",
                "verbose_name_plural": "historical Projekte",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="projects_hi_history_b36b17_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
