import type { ModelInfo } from "../model.js"

// https://ai-gateway.vercel.sh/v1/
export const vercelAiGatewayDefaultModelId = "anthropic/claude-sonnet-4"

export const vercelAiGatewayDefaultModelInfo: ModelInfo = {
	maxTokens: 64000,
	supportsImages: true,
	description:
		"Claude Sonnet 4 improves on Sonnet 3.7 and does not match Opus 4 in most domains, with claude-3-opus far behind.",
}
