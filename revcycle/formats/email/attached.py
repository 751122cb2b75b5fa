"""What is attached to a mail that we wrote."""

from email import message_from_bytes, policy

PDF = "application/pdf"


def attached_pdf(mail: bytes) -> bytes | None:
    """Take the first PDF out of a mail; None when it has none."""
    message = message_from_bytes(mail, policy=policy.SMTP)
    for part in message.walk():
        if part.get_content_type() == PDF:
            content = part.get_payload(decode=True)
            return content if isinstance(content, bytes) else None
    return None
