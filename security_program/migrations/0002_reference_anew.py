from django.db import migrations


class Migration(migrations.Migration):
    """The product's own rows go; load_reference writes them anew with what they now carry."""

    dependencies = [("security_program", "0001_first")]

    operations = [
        migrations.RunSQL(
            ["DELETE FROM security_program_focusarea", "DELETE FROM security_program_programme"],
            migrations.RunSQL.noop,
        )
    ]
