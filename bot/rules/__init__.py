"""What is so, as pure functions of values. Nothing here asks what time it is, opens a file or knows of Telegram or SQL."""
