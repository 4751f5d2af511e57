from pydantic_ai import Agent

agent = Agent(
    'google-gla:gemini-1.5-flash',
    system_prompt='Be concise.',
)
other = Agent('openai:gpt-4o', result_type=dict)
