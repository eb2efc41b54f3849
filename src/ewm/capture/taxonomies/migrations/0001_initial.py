import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import simple_history.models
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Cluster",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("cluster_id", models.CharField(max_length=100, unique=True, verbose_name="Cluster")),
                ("label_de", models.CharField(max_length=300, verbose_name="Bezeichnung, deutsch")),
                ("label_en", models.CharField(max_length=300, verbose_name="Bezeichnung, englisch")),
                ("position", models.IntegerField(verbose_name="Reihenfolge")),
                ("valid_from", models.DateField(null=True, verbose_name="gilt ab")),
                ("valid_to", models.DateField(null=True, verbose_name="gilt bis")),
            ],
            options={
                "verbose_name": "Cluster",
                "verbose_name_plural": "Cluster",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="cluster_version_from_one"),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length(
                                    django.db.models.functions.text.Trim("cluster_id")
                                ),
                                0,
                            ),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("cluster_id"), 100
                            ),
                        ),
                        name="cluster_id_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_from__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="cluster_end_not_before_begin",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("term_id", models.CharField(max_length=100, unique=True, verbose_name="Begriff")),
                ("taxonomy", models.CharField(db_index=True, max_length=100, verbose_name="Taxonomie")),
                ("label_de", models.CharField(max_length=300, verbose_name="Bezeichnung, deutsch")),
                ("label_en", models.CharField(max_length=300, verbose_name="Bezeichnung, englisch")),
                ("code", models.CharField(max_length=100, null=True, verbose_name="amtlicher Schlüssel")),
                ("position", models.IntegerField(verbose_name="Reihenfolge")),
                ("valid_from", models.DateField(null=True, verbose_name="gilt ab")),
                ("valid_to", models.DateField(null=True, verbose_name="gilt bis")),
                ("example", models.BooleanField(default=False, verbose_name="Beispielbegriff")),
                ("source", models.TextField(null=True, verbose_name="Quelle")),
                (
                    "cluster",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.cluster",
                        to_field="cluster_id",
                        verbose_name="Cluster, für das der Begriff gilt",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="übergeordneter Begriff",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="Strategie oder Masterplan",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="erster Begriff der Reihe",
                    ),
                ),
            ],
            options={
                "verbose_name": "Begriff",
                "verbose_name_plural": "Begriffe",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="term_version_from_one"),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length(django.db.models.functions.text.Trim("term_id")),
                                0,
                            ),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("term_id"), 100
                            ),
                        ),
                        name="term_id_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_from__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="term_end_not_before_begin",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalTerm",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("term_id", models.CharField(db_index=True, max_length=100, verbose_name="Begriff")),
                ("taxonomy", models.CharField(db_index=True, max_length=100, verbose_name="Taxonomie")),
                ("label_de", models.CharField(max_length=300, verbose_name="Bezeichnung, deutsch")),
                ("label_en", models.CharField(max_length=300, verbose_name="Bezeichnung, englisch")),
                ("code", models.CharField(max_length=100, null=True, verbose_name="amtlicher Schlüssel")),
                ("position", models.IntegerField(verbose_name="Reihenfolge")),
                ("valid_from", models.DateField(null=True, verbose_name="gilt ab")),
                ("valid_to", models.DateField(null=True, verbose_name="gilt bis")),
                ("example", models.BooleanField(default=False, verbose_name="Beispielbegriff")),
                ("source", models.TextField(null=True, verbose_name="Quelle")),
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
                        verbose_name="Cluster, für das der Begriff gilt",
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
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="übergeordneter Begriff",
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
                        verbose_name="Strategie oder Masterplan",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="taxonomies.term",
                        to_field="term_id",
                        verbose_name="erster Begriff der Reihe",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical Begriff",
                "verbose_name_plural": "historical Begriffe",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="taxonomies__history_359022_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCluster",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                ("cluster_id", models.CharField(db_index=True, max_length=100, verbose_name="Cluster")),
                ("label_de", models.CharField(max_length=300, verbose_name="Bezeichnung, deutsch")),
                ("label_en", models.CharField(max_length=300, verbose_name="Bezeichnung, englisch")),
                ("position", models.IntegerField(verbose_name="Reihenfolge")),
                ("valid_from", models.DateField(null=True, verbose_name="gilt ab")),
                ("valid_to", models.DateField(null=True, verbose_name="gilt bis")),
                ("history_change_reason", models.CharField(max_length=200, null=True, verbose_name="Anlass")),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                ("history_user_id", models.BigIntegerField(null=True, verbose_name="Konto")),
                (
                    "kind",
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
            ],
            options={
                "verbose_name": "historical Cluster",
                "verbose_name_plural": "historical Cluster",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [models.Index(fields=["history_date", "id"], name="taxonomies__history_75be4e_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="cluster",
            name="kind",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="taxonomies.term",
                to_field="term_id",
                verbose_name="Art",
            ),
        ),
    ]
