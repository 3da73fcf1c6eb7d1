from bank import relay


def release(mail):
    return mail.recipient in relay.allowed(mail.sender)
