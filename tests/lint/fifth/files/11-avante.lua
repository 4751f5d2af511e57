return {
	-- openai = {
	-- 	endpoint = "https://api.deepseek.com",
	-- 	model = "deepseek-chat",
	-- }
	openai = {
		endpoint = "https://openrouter.ai/api/v1",
		-- model = "deepseek/deepseek-chat",
		model = "anthropic/claude-3.7-sonnet",
	}
}
