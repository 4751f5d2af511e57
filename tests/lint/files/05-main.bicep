param openAIModel string = 'turbo16k'
param openAIModelName string = 'gpt-35-turbo-16k'
param embeddingModelName string = 'text-embedding-ada-002'

module openAi 'core/ai/cognitiveservices.bicep' = {
  params: {
    deployments: [
      {
        name: openAIModel
        model: {
          format: 'OpenAI'
          name: openAIModelName
          version: '0613'
        }
      }]}}
