"""The content of the quizzes: reading, checking, and one folder a pack."""
