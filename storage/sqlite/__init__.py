"""SQLite: the default. One file, one writer, WAL, every commit on disk before anyone is told."""
