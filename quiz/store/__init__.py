"""What is kept, and how: tables, migrations, and one module per thing kept. SQLAlchemy lives here only."""
