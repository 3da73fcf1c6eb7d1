"""A memory is only what the person said in this conversation."""


class Refused(Exception):
    """The memory does not come from the person."""


def own_words_only(memory, conversation):
    """Raise Refused unless the person, not a document or a tool, said it in this conversation."""
    said = [turn.text for turn in conversation.turns if turn.role == "person" and not turn.from_tool]
    if not any(memory.quote and memory.quote in text for text in said):
        raise Refused(memory.text)
