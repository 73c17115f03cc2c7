"""Conversations with officials: invitation, tasks, acting on a case. Every act is checked when it is carried out."""
