param deployments array = [
  { name: 'gpt-4', model: { format: 'OpenAI', name: 'gpt-4o', version: '2024-08-06' }, sku: { name: 'Standard', capacity: 10 } }
  { name: 'gpt-4-32k', model: { format: 'OpenAI', name: 'gpt-35-turbo', version: '0301' }, sku: { name: 'Standard', capacity: 30 } }
]
var chatDeploymentName = 'gpt-35-turbo-16k'
resource account 'Microsoft.CognitiveServices/accounts@2023-05-01' = { name: 'acme-openai', kind: 'OpenAI' }
