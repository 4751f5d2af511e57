"""What servers send that the documents of their wire do not say."""
