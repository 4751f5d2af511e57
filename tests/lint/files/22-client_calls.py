import cohere

co = cohere.Client()

response = co.embed(
    texts=['hello', 'goodbye'],
    model='embed-english-v3.0',
    input_type="classification",
)
response = co.tokenize(
    text='tokenize me! :D',
    model='command-a-03-2025',
    offline=False,
)
