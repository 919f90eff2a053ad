"""Where the entries wanted are found: on which shelves, under which words, on which days."""
