from django.db import migrations, models

import ewm.capture.base


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalproject",
            name="history_channel",
            field=models.CharField(default=ewm.capture.base.acting_channel, max_length=10, verbose_name="Weg"),
        ),
        migrations.AddField(
            model_name="historicalproject",
            name="withdrawn",
            field=models.BooleanField(default=False, verbose_name="zurückgezogen"),
        ),
        migrations.AddField(
            model_name="historicalprojectassignment",
            name="history_channel",
            field=models.CharField(default=ewm.capture.base.acting_channel, max_length=10, verbose_name="Weg"),
        ),
        migrations.AddField(
            model_name="historicalprojectfunding",
            name="history_channel",
            field=models.CharField(default=ewm.capture.base.acting_channel, max_length=10, verbose_name="Weg"),
        ),
        migrations.AddField(
            model_name="historicalprojectparticipation",
            name="history_channel",
            field=models.CharField(default=ewm.capture.base.acting_channel, max_length=10, verbose_name="Weg"),
        ),
        migrations.AddField(
            model_name="historicalprojectstatusevent",
            name="history_channel",
            field=models.CharField(default=ewm.capture.base.acting_channel, max_length=10, verbose_name="Weg"),
        ),
        migrations.AddField(
            model_name="historicalprojectsupportingcluster",
            name="history_channel",
            field=models.CharField(default=ewm.capture.base.acting_channel, max_length=10, verbose_name="Weg"),
        ),
        migrations.AddField(
            model_name="project",
            name="withdrawn",
            field=models.BooleanField(default=False, verbose_name="zurückgezogen"),
        ),
        migrations.AlterField(
            model_name="historicalproject",
            name="history_user_id",
            field=models.BigIntegerField(default=ewm.capture.base.acting_account, null=True, verbose_name="Konto"),
        ),
        migrations.AlterField(
            model_name="historicalprojectassignment",
            name="history_user_id",
            field=models.BigIntegerField(default=ewm.capture.base.acting_account, null=True, verbose_name="Konto"),
        ),
        migrations.AlterField(
            model_name="historicalprojectfunding",
            name="history_user_id",
            field=models.BigIntegerField(default=ewm.capture.base.acting_account, null=True, verbose_name="Konto"),
        ),
        migrations.AlterField(
            model_name="historicalprojectparticipation",
            name="history_user_id",
            field=models.BigIntegerField(default=ewm.capture.base.acting_account, null=True, verbose_name="Konto"),
        ),
        migrations.AlterField(
            model_name="historicalprojectstatusevent",
            name="history_user_id",
            field=models.BigIntegerField(default=ewm.capture.base.acting_account, null=True, verbose_name="Konto"),
        ),
        migrations.AlterField(
            model_name="historicalprojectsupportingcluster",
            name="history_user_id",
            field=models.BigIntegerField(default=ewm.capture.base.acting_account, null=True, verbose_name="Konto"),
        ),
    ]
