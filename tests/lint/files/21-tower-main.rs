let client = Client::with_config(OpenAIConfig::default()).with_http_service(service);

for i in 0..10 {
    let client = client.clone();
    let request = CreateChatCompletionRequestArgs::default()
        .model("gpt-5.4-mini")
        .messages([ChatCompletionRequestMessage::User(
            format!("tell me a joke, number {i}").into(),
        )])
        .build()
        .unwrap();
}
