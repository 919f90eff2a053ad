"""The revisions, oldest first by name; one that has been released is never edited."""
