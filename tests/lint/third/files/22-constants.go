package chat

type Models string

const (
	GPT_35_TURBO Models = "gpt-3.5-turbo-0125"
)
const (
	API_V1_URL string = "https://api.openai.com/v1"
)
