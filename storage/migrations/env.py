"""Alembic's entry: runs the revisions on the connection that ``storage.schema`` hands over."""

from alembic import context
from sqlmodel import SQLModel

from storage import tables

assert tables.__all__, "the tables are known to the metadata"
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    compare_type=True,
    transactional_ddl=True,
)
context.run_migrations()
