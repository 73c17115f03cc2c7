"""PostgreSQL: for a county or a prefecture on a server, and for several processes of the bot beside each other."""
