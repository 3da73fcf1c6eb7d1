"""What the chatbot says about money is what the published page says."""


class Refused(Exception):
    """The answer promises something that the page does not."""


def as_published(answer, pages):
    """Raise Refused unless every sentence about money is found on the page that the answer links to."""
    page = pages.read(answer.link)
    for sentence in answer.sentences:
        if sentence.about_money and sentence.claim not in page.claims:
            raise Refused(sentence.text)
