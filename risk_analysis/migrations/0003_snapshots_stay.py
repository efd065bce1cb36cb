"""The database itself refuses to change an analysis as it was handed in."""

from typing import Any

from django.db import migrations

from boards import append_only


def guard(apps: Any, schema_editor: Any) -> None:
    append_only.install(schema_editor.connection, "risk_analysis_snapshot")


def unguard(apps: Any, schema_editor: Any) -> None:
    append_only.remove(schema_editor.connection, "risk_analysis_snapshot")


class Migration(migrations.Migration):
    dependencies = [("risk_analysis", "0002_analyses")]

    operations = [migrations.RunPython(guard, unguard)]
