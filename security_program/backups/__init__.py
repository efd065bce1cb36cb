"""Backups of an installation: made, restored, proved and known of.

Roof: they hold every floor's rows. What is known of them lies beside them in BACKUP_DIR and never in the database, for a
restored database remembers nothing that happened after its own backup.

    BACKUP_DIR/sets/<moment>/   database.age, files.age, facts.age, manifest.json      kept for weeks
    BACKUP_DIR/keys/            the store of single records' keys                       kept for days
    BACKUP_DIR/base/, wal/      base backups and the write-ahead log, by deploy/database
    BACKUP_DIR/drills/          what each drill found

Everything but the manifest is encrypted to age recipients, whose identity lies elsewhere.
"""
