using Azure;
using Azure.AI.Inference;
using Microsoft.Extensions.AI;

var endpoint = new Uri("https://models.inference.ai.azure.com");
var modelId = "gpt-4o-mini";
var credential = new AzureKeyCredential(Environment.GetEnvironmentVariable("GH_TOKEN"));

IChatClient client =
    new ChatCompletionsClient(endpoint, credential)
        .AsChatClient(modelId);
