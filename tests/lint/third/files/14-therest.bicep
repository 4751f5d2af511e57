resource openAiService 'Microsoft.CognitiveServices/accounts@2023-05-01' = {
  name: name
  kind: 'OpenAI'
  sku: { name: 'S0' }
}

resource deployment 'Microsoft.CognitiveServices/accounts/deployments@2023-05-01' = {
  parent: openAiService
  name: 'gpt-35-turbo'
  properties: {
    model: {
      format: 'OpenAI'
      name: 'gpt-35-turbo'
    }
  }
  sku: { name: 'Standard', capacity: 20 }
}
