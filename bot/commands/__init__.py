"""The command line, one file a command. A command prints and exits; what it prints comes from rules and storage."""
