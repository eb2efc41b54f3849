# Written for Django 5.2

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("drafts", "0001_drafts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FinishedForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20, verbose_name="Art")),
                ("key", models.CharField(max_length=40, verbose_name="Schlüssel")),
                ("record", models.CharField(max_length=40, verbose_name="Kennung")),
                ("digest", models.CharField(max_length=64, verbose_name="Prüfsumme")),
                ("finished_at", models.DateTimeField(verbose_name="fertiggestellt")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Konto",
                    ),
                ),
            ],
            options={
                "verbose_name": "fertiggestelltes Formular",
                "verbose_name_plural": "fertiggestellte Formulare",
                "constraints": [models.UniqueConstraint(fields=("account", "kind", "key"), name="form_finished_once")],
            },
        ),
    ]
