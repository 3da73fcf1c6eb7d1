from insurer import forms


def own_claim(claim):
    return forms.complete(claim)
