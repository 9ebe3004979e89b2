"""What is published or has happened stays as it is; and the words of a case can be found."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQLITE = [
    """CREATE TRIGGER procedure_versions_keep BEFORE UPDATE ON procedure_versions
    WHEN old.state = 'published'
    BEGIN SELECT RAISE(ABORT, 'a published procedure version cannot change'); END""",
    """CREATE TRIGGER procedure_versions_stay BEFORE DELETE ON procedure_versions
    WHEN old.state = 'published'
    BEGIN SELECT RAISE(ABORT, 'a published procedure version cannot be deleted'); END""",
    """CREATE TRIGGER case_events_keep BEFORE UPDATE ON case_events
    BEGIN SELECT RAISE(ABORT, 'history cannot change'); END""",
    """CREATE TRIGGER case_events_stay BEFORE DELETE ON case_events
    BEGIN SELECT RAISE(ABORT, 'history cannot be deleted'); END""",
    # The index has no copy of the text: it reads it from the case it belongs to.
    """CREATE VIRTUAL TABLE case_search USING fts5(
        search_text, content='cases', content_rowid='id',
        tokenize='unicode61 remove_diacritics 0', prefix='2 3 4')""",
    """CREATE TRIGGER case_search_add AFTER INSERT ON cases BEGIN
        INSERT INTO case_search(rowid, search_text) VALUES (new.id, new.search_text); END""",
    """CREATE TRIGGER case_search_change AFTER UPDATE OF search_text ON cases
    WHEN old.search_text <> new.search_text BEGIN
        INSERT INTO case_search(case_search, rowid, search_text)
            VALUES ('delete', old.id, old.search_text);
        INSERT INTO case_search(rowid, search_text) VALUES (new.id, new.search_text); END""",
    """CREATE TRIGGER case_search_remove AFTER DELETE ON cases BEGIN
        INSERT INTO case_search(case_search, rowid, search_text)
            VALUES ('delete', old.id, old.search_text); END""",
    "INSERT INTO case_search(case_search) VALUES ('rebuild')",
]

POSTGRESQL = [
    """CREATE FUNCTION procedure_versions_keep() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'a published procedure version cannot change'
            USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    """CREATE TRIGGER procedure_versions_keep BEFORE UPDATE OR DELETE ON procedure_versions
    FOR EACH ROW WHEN (old.state = 'published') EXECUTE FUNCTION procedure_versions_keep()""",
    """CREATE FUNCTION case_events_keep() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'history cannot change'
            USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    """CREATE TRIGGER case_events_keep BEFORE UPDATE OR DELETE ON case_events
    FOR EACH ROW EXECUTE FUNCTION case_events_keep()""",
    # TRUNCATE passes by row triggers.
    """CREATE TRIGGER case_events_stay BEFORE TRUNCATE ON case_events
    FOR EACH STATEMENT EXECUTE FUNCTION case_events_keep()""",
    """CREATE TRIGGER procedure_versions_stay BEFORE TRUNCATE ON procedure_versions
    FOR EACH STATEMENT EXECUTE FUNCTION procedure_versions_keep()""",
    # Our normaliser has made the words already: no parser of the server takes part.
    """CREATE INDEX case_search_words ON cases USING gin (
        array_to_tsvector(array_remove(string_to_array(search_text, ' '), '')))""",
]


def upgrade() -> None:
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    drop = op.get_bind().exec_driver_sql
    if op.get_bind().dialect.name == "sqlite":
        for name in ("add", "change", "remove"):
            drop(f"DROP TRIGGER case_search_{name}")
        for table in ("procedure_versions", "case_events"):
            drop(f"DROP TRIGGER {table}_keep")
            drop(f"DROP TRIGGER {table}_stay")
        drop("DROP TABLE case_search")
        return
    drop("DROP INDEX case_search_words")
    for table in ("procedure_versions", "case_events"):
        drop(f"DROP TRIGGER {table}_stay ON {table}")
        drop(f"DROP FUNCTION {table}_keep() CASCADE")
