import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import simple_history.models
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("taxonomies", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Actor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("code", models.CharField(max_length=40, verbose_name="Kennung")),
                ("name", models.CharField(max_length=300, verbose_name="Name")),
                ("country", models.CharField(max_length=2, verbose_name="Staat")),
                ("municipality", models.CharField(max_length=200, null=True, verbose_name="Gemeinde")),
                ("example", models.BooleanField(default=False, verbose_name="erfunden")),
                (
                    "actor_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Akteurstyp",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Kreis",
                    ),
                ),
                (
                    "land",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Land",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actors.actor",
                        verbose_name="übergeordnete Einrichtung",
                    ),
                ),
            ],
            options={
                "verbose_name": "Akteur",
                "verbose_name_plural": "Akteure",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="actor_version_from_one"),
                    models.UniqueConstraint(fields=("code",), name="actor_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length(django.db.models.functions.text.Trim("code")), 0
                            ),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("code"), 40
                            ),
                        ),
                        name="actor_code_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length(django.db.models.functions.text.Trim("name")), 0
                            ),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("name"), 300
                            ),
                        ),
                        name="actor_name_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length(
                                    django.db.models.functions.text.Trim("municipality")
                                ),
                                0,
                            ),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("municipality"), 200
                            ),
                        ),
                        name="actor_municipality_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True), name="actor_not_its_own_parent"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("country", django.db.models.functions.text.Upper("country")),
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("country"), 2),
                        ),
                        name="actor_country_two_capitals",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("land__isnull", True), ("country", "DE"), _connector="OR"),
                        name="actor_land_in_germany",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("district__isnull", True),
                            models.Q(
                                ("land__isnull", False), ("land", django.db.models.functions.text.Left("district", 2))
                            ),
                            _connector="OR",
                        ),
                        name="actor_district_in_land",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActorCluster",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("member_from", models.DateField(verbose_name="Mitglied ab")),
                ("member_to", models.DateField(null=True, verbose_name="Mitglied bis")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clusters",
                        to="actors.actor",
                        verbose_name="Akteur",
                    ),
                ),
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
                "verbose_name": "Cluster eines Akteurs",
                "verbose_name_plural": "Cluster der Akteure",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="actorcluster_version_from_one"
                    ),
                    models.UniqueConstraint(
                        fields=("actor", "cluster", "member_from"), name="actor_cluster_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("member_to__isnull", True),
                            ("member_from__isnull", True),
                            ("member_to__gte", models.F("member_from")),
                            _connector="OR",
                        ),
                        name="actor_cluster_end_not_before_begin",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActorIdentifier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("identifier", models.CharField(max_length=100, verbose_name="Kennung")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="identifiers",
                        to="actors.actor",
                        verbose_name="Akteur",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Verzeichnis",
                    ),
                ),
            ],
            options={
                "verbose_name": "Kennung eines Akteurs",
                "verbose_name_plural": "Kennungen der Akteure",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="actoridentifier_version_from_one"
                    ),
                    models.UniqueConstraint(fields=("actor", "scheme", "identifier"), name="actor_identifier_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length(
                                    django.db.models.functions.text.Trim("identifier")
                                ),
                                0,
                            ),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("identifier"), 100
                            ),
                        ),
                        name="actor_identifier_given",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActorSize",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("size_from", models.DateField(verbose_name="gilt ab")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sizes",
                        to="actors.actor",
                        verbose_name="Akteur",
                    ),
                ),
                (
                    "size_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Größenklasse",
                    ),
                ),
            ],
            options={
                "verbose_name": "Größe eines Akteurs",
                "verbose_name_plural": "Größen der Akteure",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="actorsize_version_from_one"),
                    models.UniqueConstraint(fields=("actor", "size_from"), name="actor_size_once_a_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalActor",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("code", models.CharField(max_length=40, verbose_name="Kennung")),
                ("name", models.CharField(max_length=300, verbose_name="Name")),
                ("country", models.CharField(max_length=2, verbose_name="Staat")),
                ("municipality", models.CharField(max_length=200, null=True, verbose_name="Gemeinde")),
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
                    "actor_type",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Akteurstyp",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Kreis",
                    ),
                ),
                (
                    "land",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Land",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="actors.actor",
                        verbose_name="übergeordnete Einrichtung",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical Akteur",
                "verbose_name_plural": "historical Akteure",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="actors_hist_history_2ba953_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalActorCluster",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("member_from", models.DateField(verbose_name="Mitglied ab")),
                ("member_to", models.DateField(null=True, verbose_name="Mitglied bis")),
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
                "verbose_name": "historical Cluster eines Akteurs",
                "verbose_name_plural": "historical Cluster der Akteure",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="actors_hist_history_0888be_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalActorIdentifier",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("identifier", models.CharField(max_length=100, verbose_name="Kennung")),
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
                    "scheme",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Verzeichnis",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical Kennung eines Akteurs",
                "verbose_name_plural": "historical Kennungen der Akteure",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="actors_hist_history_8d2998_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalActorSize",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("size_from", models.DateField(verbose_name="gilt ab")),
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
                    "size_class",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Größenklasse",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical Größe eines Akteurs",
                "verbose_name_plural": "historical Größen der Akteure",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="actors_hist_history_06689d_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
