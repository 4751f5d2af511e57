import vertexai
from anthropic import AnthropicVertex
from vertexai.generative_models import GenerativeModel

client = AnthropicVertex(region="us-east5", project_id="acme")
message = client.messages.create(
    model="claude-3-opus@20240229", max_tokens=1024, messages=[{"role": "user", "content": "Hi"}]
)
vision = GenerativeModel("gemini-1.0-pro-vision-001")
current = "claude-haiku-4-5@20251001"
