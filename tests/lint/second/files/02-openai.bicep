param deployments array = [
  {
    name: 'gpt-35-turbo'
    model: {
      format: 'OpenAI'
      name: 'gpt-35-turbo'
      version: '0613'
    }
    sku: {
      name: 'Standard'
    }
  }
]

resource account 'Microsoft.CognitiveServices/accounts@2023-05-01' existing = {
