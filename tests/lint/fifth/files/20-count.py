import tiktoken

encoding = tiktoken.encoding_for_model("gpt-3.5-turbo-0301")
answer = client.chat.completions.create(model="gpt-3.5-turbo-1106", messages=[])
