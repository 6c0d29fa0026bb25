"""What is kept, and how: tables, migrations, and one module per thing kept. SQLAlchemy lives here only."""

import logging

# Alembic tells of every plug-in that it loads; our commands say themselves what they did.
logging.getLogger("alembic").setLevel(logging.WARNING)
