OpenAI.configure do |config|
  config.uri_base = ENV.fetch("AZURE_OPENAI_URI")
  config.api_type = :azure
  config.api_version = "2023-03-15-preview"
end
