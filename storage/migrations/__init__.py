"""The history of the schema (数据库版本): alembic revisions, one after another."""
