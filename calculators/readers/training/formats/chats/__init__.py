"""The chats that providers train on: a module each, which declares its keys and its own rules."""
