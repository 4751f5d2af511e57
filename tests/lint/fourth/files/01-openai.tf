resource "azurerm_cognitive_deployment" "chat" {
  name                 = "gpt-4-1106-preview"
  cognitive_account_id = azurerm_cognitive_account.this.id
  model {
    format  = "OpenAI"
    name    = "gpt-35-turbo"
    version = "0613"
  }
  sku { name = "Standard" }
}
resource "azurerm_cognitive_deployment" "embed" {
  name = "text-embedding-ada-002"
  model { format = "OpenAI", name = "text-embedding-3-large", version = "1" }
}
