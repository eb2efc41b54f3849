from django.db import migrations, models

import ewm.capture.base


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalactor",
            name="history_channel",
            field=models.CharField(default=ewm.capture.base.acting_channel, max_length=10, verbose_name="Weg"),
        ),
        migrations.AddField(
            model_name="historicalactorcluster",
            name="history_channel",
            field=models.CharField(default=ewm.capture.base.acting_channel, max_length=10, verbose_name="Weg"),
        ),
        migrations.AddField(
            model_name="historicalactoridentifier",
            name="history_channel",
            field=models.CharField(default=ewm.capture.base.acting_channel, max_length=10, verbose_name="Weg"),
        ),
        migrations.AddField(
            model_name="historicalactorsize",
            name="history_channel",
            field=models.CharField(default=ewm.capture.base.acting_channel, max_length=10, verbose_name="Weg"),
        ),
        migrations.AlterField(
            model_name="historicalactor",
            name="history_user_id",
            field=models.BigIntegerField(default=ewm.capture.base.acting_account, null=True, verbose_name="Konto"),
        ),
        migrations.AlterField(
            model_name="historicalactorcluster",
            name="history_user_id",
            field=models.BigIntegerField(default=ewm.capture.base.acting_account, null=True, verbose_name="Konto"),
        ),
        migrations.AlterField(
            model_name="historicalactoridentifier",
            name="history_user_id",
            field=models.BigIntegerField(default=ewm.capture.base.acting_account, null=True, verbose_name="Konto"),
        ),
        migrations.AlterField(
            model_name="historicalactorsize",
            name="history_user_id",
            field=models.BigIntegerField(default=ewm.capture.base.acting_account, null=True, verbose_name="Konto"),
        ),
    ]
