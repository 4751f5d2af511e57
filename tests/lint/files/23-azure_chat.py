import os

from mistralai.azure.client import MistralAzure

AZURE_ENDPOINT = os.environ.get("AZURE_ENDPOINT", "")
AZURE_MODEL = os.environ.get("AZURE_MODEL", "mistral-small-2503")

client = MistralAzure(
    api_key=os.environ.get("AZURE_API_KEY", ""),
    server_url=AZURE_ENDPOINT,
)
res = client.chat.complete(model=AZURE_MODEL, messages=[])
