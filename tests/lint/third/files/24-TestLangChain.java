package sandbox.llmTests;

import dev.langchain4j.model.openai.OpenAiChatModel;

public class TestLangChain {
  public static void main(String[] args) {
    OpenAiChatModel model = OpenAiChatModel.builder()
        .baseUrl("http://langchain4j.dev/demo/openai/v1")
        .modelName("gpt-4o-mini")
        .build();
  }
}
