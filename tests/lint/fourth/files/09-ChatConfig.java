package com.acme.chat;

import com.anthropic.models.messages.Model;
import dev.langchain4j.model.anthropic.AnthropicChatModelName;
import dev.langchain4j.model.mistralai.MistralAiChatModelName;
import dev.langchain4j.model.openai.OpenAiChatModelName;
import org.springframework.ai.openai.api.OpenAiApi;

class ChatConfig {
    Object a = OpenAiChatModel.builder().modelName(OpenAiChatModelName.GPT_4_VISION_PREVIEW).build();
    Object b = AnthropicChatModel.builder().modelName(AnthropicChatModelName.CLAUDE_3_5_SONNET_20240620).build();
    Object c = MistralAiChatModel.builder().modelName(MistralAiChatModelName.OPEN_MIXTRAL_8x7B).build();
    Object d = OpenAiChatOptions.builder().model(OpenAiApi.ChatModel.GPT_4_TURBO_PREVIEW).build();
    Object e = MessageCreateParams.builder().model(Model.CLAUDE_3_OPUS_20240229).build();
}
