"""Which texts of code and files may be shown, and which can be a key of a service."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cases import cases

from shipcheck.discover.kept_values import is_secret, shown_callable, shown_reason, shown_text, shown_value, without_quotes

SECRETS = [
    "sk-proj-abc",
    "ghp_abc",
    "AKIAIOSFODNN7EXAMPLE",
    "AIzaSyD1x2y3z4",
    "eyJhbGciOiJIUzI1NiJ9",
    "hf_AbCdEfGhIjKlMnOpQrStUv",
    "5f4dcc3b5aa765d61d8327deb882cf99",
    "550e8400-e29b-41d4-a716-446655440000",
    "desk/sk-abc",
    "x=ghp_abc",
]
NAMES = [
    "hf_search",
    "ASIA desk",
    "extractTop10Results",
    "getCustomerInvoiceHistoryForAccount",
    "MultiAgentCustomerSupportOrchestrator",
    "claude-3-5-sonnet-20241022",
    "us.anthropic.claude-sonnet-4-20250514-v1:0",
    "desk.send_invoice_by_mail_2026",
    "",
    "-",
]


@pytest.mark.parametrize("text", SECRETS)
def test_a_key_of_a_service_is_hidden(text: str) -> None:
    assert is_secret(text)
    assert (shown_text(text), shown_value(text)) == ("", "")
    assert text not in shown_callable(f"desk.{text}.send")
    assert shown_reason(f"the variable '{text}' of the environment").startswith("the variable '")
    assert text not in shown_reason(f"the variable '{text}' of the environment")


@pytest.mark.parametrize("text", NAMES)
def test_a_name_is_shown(text: str) -> None:
    assert not is_secret(text)
    assert shown_text(text) == shown_callable(text) == text


CALLABLES = {
    "desk.bank:Bank.send": "desk.bank:Bank.send",
    "@acme/desk:Bank.send": "@acme/desk:Bank.send",
    "https://u:p@desk.example/x.js?k=v:send": "https://desk.example/x.js",
    "https://u:p@": "***",
    "desk.sk-abc.send": "desk.***.send",
}


@pytest.mark.parametrize(("text", "shown"), CALLABLES.items())
def test_a_path_of_names_loses_what_can_be_a_secret(text: str, shown: str) -> None:
    assert shown_callable(text) == shown
    assert shown_reason(f"a call of {text} is unknown") == f"a call of {shown} is unknown"


REASONS = {
    "key 'x y' is given twice": "key '…' is given twice",
    "key 'it's x' is given twice": "key '…' is given twice",
    'found "a" and \'b c\' and "d"': 'found "…"',
    "',' is missing": "',' is missing",
    "not UTF-8": "not UTF-8",
}


@pytest.mark.parametrize(("text", "shown"), REASONS.items())
def test_what_a_parser_quotes_is_not_repeated(text: str, shown: str) -> None:
    assert without_quotes(f"line 1: {text}") == f"line 1: {shown}"


@cases(60)
@given(st.text(max_size=60))
def test_what_is_shown_can_be_printed_and_hides_the_same_again(text: str) -> None:
    for show in (shown_text, shown_callable):
        once = show(text)
        assert once.isprintable()
        assert show(once) == once
