"""What the playground's page, its cell and the terminal do with chats."""
