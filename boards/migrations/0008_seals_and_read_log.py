import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


from boards import append_only


def refuse_changes(apps, schema_editor):
    append_only.install(schema_editor.connection, *append_only.MAY_GO)


def allow_changes(apps, schema_editor):
    append_only.remove(schema_editor.connection, *append_only.MAY_GO)


class Migration(migrations.Migration):

    dependencies = [
        ('boards', '0007_sealed_reason'),
    ]

    operations = [
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('heads', models.TextField()),
                ('prev', models.CharField(blank=True, max_length=64, unique=True)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('signature', models.CharField(max_length=128)),
                ('key_id', models.CharField(max_length=16)),
            ],
        ),
        migrations.CreateModel(
            name='ReadLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('way', models.CharField(choices=[('opened', 'Opened'), ('listed', 'Shown in a list'), ('given_out', 'Given out as a file')], max_length=10)),
                ('level', models.CharField(max_length=2)),
                ('object_type', models.CharField(max_length=80)),
                ('object_id', models.CharField(blank=True, max_length=40)),
                ('what', models.CharField(blank=True, max_length=400)),
                ('count', models.PositiveIntegerField(default=1)),
                ('ids', models.CharField(blank=True, max_length=64)),
                ('board', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='boards.board')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['board', '-id'], name='boards_read_board_i_f7a09d_idx'), models.Index(fields=['reader', '-at'], name='boards_read_reader__06651f_idx'), models.Index(fields=['object_type', 'object_id'], name='boards_read_object__e51350_idx')],
            },
        ),
        migrations.RunPython(refuse_changes, allow_changes),
    ]
