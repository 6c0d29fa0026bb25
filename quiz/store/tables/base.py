"""What all tables share: one collection, names of constraints, the type of ids."""

from sqlalchemy import BigInteger, Integer, MetaData, Text

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

# SQLite numbers rows only for a column that is exactly "INTEGER PRIMARY KEY".
Id = BigInteger().with_variant(Integer, "sqlite")

# Compared letter by letter, as SQLite does, whatever the language of the database.
Folded = Text().with_variant(Text(collation="C"), "postgresql")
