"""Run by Alembic for ``models.store.database``, on the connection handed over there.

No table of today is known here: a revision says itself what it changes.
"""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transactional_ddl=False,  # the caller's transaction holds all of it
)
context.run_migrations()
