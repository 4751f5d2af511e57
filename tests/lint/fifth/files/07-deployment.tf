resource "azurerm_cognitive_deployment" "chat" {
  name                 = "gpt-4"
  cognitive_account_id = azurerm_ai_services.ours.id
  // regions: https://learn.microsoft.com/azure/models#gpt-4-and-gpt-4-turbo-model-availability
  model {
    format  = "OpenAI"
    name    = "gpt-4o"
    version = "2024-11-20"
  }
}
