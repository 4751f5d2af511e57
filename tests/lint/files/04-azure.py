from openai import AzureOpenAI

api_version = "2023-07-01-preview"

client = AzureOpenAI(
    api_version=api_version,
    azure_endpoint="https://example-endpoint.openai.azure.com",
)

completion = client.chat.completions.create(
    model="deployment-name",  # e.g. gpt-35-instant
    messages=[{"role": "user", "content": "Say hello"}],
)
