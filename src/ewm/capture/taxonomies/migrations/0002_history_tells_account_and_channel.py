from django.db import migrations, models

import ewm.capture.base


class Migration(migrations.Migration):
    dependencies = [
        ("taxonomies", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalcluster",
            name="history_channel",
            field=models.CharField(default=ewm.capture.base.acting_channel, max_length=10, verbose_name="Weg"),
        ),
        migrations.AddField(
            model_name="historicalterm",
            name="history_channel",
            field=models.CharField(default=ewm.capture.base.acting_channel, max_length=10, verbose_name="Weg"),
        ),
        migrations.AlterField(
            model_name="historicalcluster",
            name="history_user_id",
            field=models.BigIntegerField(default=ewm.capture.base.acting_account, null=True, verbose_name="Konto"),
        ),
        migrations.AlterField(
            model_name="historicalterm",
            name="history_user_id",
            field=models.BigIntegerField(default=ewm.capture.base.acting_account, null=True, verbose_name="Konto"),
        ),
    ]
