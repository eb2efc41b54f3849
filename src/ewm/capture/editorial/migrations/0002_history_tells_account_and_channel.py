from django.db import migrations, models

import ewm.capture.base


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicaleditiontext",
            name="history_channel",
            field=models.CharField(default=ewm.capture.base.acting_channel, max_length=10, verbose_name="Weg"),
        ),
        migrations.AddField(
            model_name="historicalinterviewnote",
            name="history_channel",
            field=models.CharField(default=ewm.capture.base.acting_channel, max_length=10, verbose_name="Weg"),
        ),
        migrations.AddField(
            model_name="historicalmacrovalue",
            name="history_channel",
            field=models.CharField(default=ewm.capture.base.acting_channel, max_length=10, verbose_name="Weg"),
        ),
        migrations.AddField(
            model_name="historicalstoryassignment",
            name="history_channel",
            field=models.CharField(default=ewm.capture.base.acting_channel, max_length=10, verbose_name="Weg"),
        ),
        migrations.AddField(
            model_name="historicalsuccessstory",
            name="history_channel",
            field=models.CharField(default=ewm.capture.base.acting_channel, max_length=10, verbose_name="Weg"),
        ),
        migrations.AlterField(
            model_name="historicaleditiontext",
            name="history_user_id",
            field=models.BigIntegerField(default=ewm.capture.base.acting_account, null=True, verbose_name="Konto"),
        ),
        migrations.AlterField(
            model_name="historicalinterviewnote",
            name="history_user_id",
            field=models.BigIntegerField(default=ewm.capture.base.acting_account, null=True, verbose_name="Konto"),
        ),
        migrations.AlterField(
            model_name="historicalmacrovalue",
            name="history_user_id",
            field=models.BigIntegerField(default=ewm.capture.base.acting_account, null=True, verbose_name="Konto"),
        ),
        migrations.AlterField(
            model_name="historicalstoryassignment",
            name="history_user_id",
            field=models.BigIntegerField(default=ewm.capture.base.acting_account, null=True, verbose_name="Konto"),
        ),
        migrations.AlterField(
            model_name="historicalsuccessstory",
            name="history_user_id",
            field=models.BigIntegerField(default=ewm.capture.base.acting_account, null=True, verbose_name="Konto"),
        ),
    ]
