import os
import vertexai
from vertexai.generative_models import GenerativeModel

vertexai.init(project=os.getenv("PROJECT_ID"), location="us-central1")
model = GenerativeModel("gemini-1.5-flash-002")
print(model.generate_content("A name for a flower shop").text)
