from langchain_openai import AzureOpenAIEmbeddings, ChatOpenAI
from openai import AzureOpenAI

client = AzureOpenAI(azure_endpoint=URL, api_version="2023-09-01-preview")
assistant = client.beta.assistants.create(model="assistant-gpt4", name="Ada")
current = AzureOpenAI(azure_endpoint=URL, api_version="2024-10-21")
embed = AzureOpenAIEmbeddings(azure_deployment="text-embedding-ada-002")
chat = ChatOpenAI(model="gpt-4-0613", temperature=0)
