"""What programs read: the API, feeds, the explorer's and the search's data, llms.txt."""
