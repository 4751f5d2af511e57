import { recommendedConfig } from 'gptlint'

/** @type {import('gptlint').GPTLintConfig} */
export default [
  ...recommendedConfig,
  {
    llmOptions: {
      model: 'gpt-4-turbo-preview',
      weakModel: 'gpt-3.5-turbo'
    }
  }
]
//       apiBaseUrl: 'https://openrouter.ai/api/v1',
//       model: 'anthropic/claude-3-opus:beta',
