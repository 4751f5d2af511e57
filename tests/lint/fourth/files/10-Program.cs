using Azure.AI.OpenAI;
using OpenAI.Chat;

var builder = Kernel.CreateBuilder();
builder.AddAzureOpenAIChatCompletion(deploymentName: "gpt-4", endpoint: url, apiKey: key);
builder.AddOpenAIChatCompletion(modelId: "gpt-4-0613", apiKey: openAiKey);
builder.AddOpenAIChatCompletion("gpt-3.5-turbo-1106", openAiKey);
ChatClient azure = new AzureOpenAIClient(new Uri(url), credential).GetChatClient("gpt-4-32k");
ChatClient direct = new(model: "o1-mini", apiKey: openAiKey);
