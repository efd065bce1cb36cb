from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('boards', '0002_city_requests_jobs'),
    ]

    operations = [
        migrations.AddField(
            model_name='board',
            name='has_local_council',
            field=models.BooleanField(default=False, help_text='We tell the board when the council has not met for four months.', verbose_name='Has a local risk management council'),
        ),
        migrations.AlterField(
            model_name='officetype',
            name='required_kinds',
            field=models.JSONField(blank=True, default=list, verbose_name='Expected of'),
        ),
        migrations.AlterField(
            model_name='officetype',
            name='requirement',
            field=models.CharField(blank=True, help_text='Requirement in the programme, or law.', max_length=80, verbose_name='Ground'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('name',), name='one_board_answers_for_an_area'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_from__isnull', True)), fields=('name',), name='one_first_board_of_an_area'),
        ),
        migrations.AddConstraint(
            model_name='training',
            constraint=models.CheckConstraint(condition=models.Q(('expires_on__isnull', True), ('expires_on__gte', models.F('completed_on')), _connector='OR'), name='training_expires_after_it_is_taken', violation_error_message='The training cannot expire before it was taken.'),
        ),
    ]
