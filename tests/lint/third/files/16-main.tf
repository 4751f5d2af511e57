resource "azurerm_cognitive_deployment" "aoai" {
  name                 = var.name
  model {
    format  = "OpenAI"
    name    = "gpt-35-turbo"
    version = "0301"
  }
  scale { type = "Standard" }
}

resource "azurerm_cognitive_deployment" "example" {
  name                 = "text-embedding-ada-002"
  model {
    format  = "OpenAI"
    name    = "text-embedding-ada-002"
    version = "2"
  }
}
