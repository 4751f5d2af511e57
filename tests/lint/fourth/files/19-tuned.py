from openai import OpenAI

client = OpenAI()
TUNED = "ft:gpt-3.5-turbo-0613:acme::8AbCdEfG"
answer = client.chat.completions.create(model="ft:gpt-4o-mini-2024-07-18:acme:support:9xYz12Ab", messages=[])
job = client.fine_tuning.jobs.create(training_file="file-abc", model="gpt-3.5-turbo-1106")
legacy = client.completions.create(model="davinci:ft-acme-2023-02-01", prompt="")
NEWER = "ft:gpt-4.1-nano-2025-04-14:acme::BqRsTuVw"
