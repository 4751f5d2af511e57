"""What a person should look at first: faults that rules see in the catalog, and which of them weigh most."""
