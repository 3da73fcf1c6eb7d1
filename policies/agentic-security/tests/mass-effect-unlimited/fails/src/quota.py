from seeds import outbox


def mail_quota(mail):
    return outbox.sent_today() < 50
