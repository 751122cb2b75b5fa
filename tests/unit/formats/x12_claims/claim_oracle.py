"""pyx12, asked whether it accepts a file that we wrote."""

import io
import json
import warnings

import pyx12.params
import pyx12.x12n_document


def complaints(data: bytes) -> str:
    """What pyx12 has against a file; an empty text when it accepts it."""
    errors = io.StringIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyx12 leaves files open
        accepted = pyx12.x12n_document.x12n_document(
            pyx12.params.params(),
            io.StringIO(data.decode("latin-1")),
            io.StringIO(),
            None,
            None,
            fd_json=errors,
        )
    if accepted:
        return ""
    return "\n".join(_messages(json.loads(errors.getvalue() or "null"))) or "refused"


def _messages(node: object, place: str = "") -> list[str]:
    if isinstance(node, list):
        return [text for child in node for text in _messages(child, place)]
    if not isinstance(node, dict):
        return []
    here = f"{place}/{node.get('seg_id') or node.get('id') or ''}"
    own = [f"{here}: {node['err_str']}"] if "err_str" in node else []
    return own + [text for child in node.values() for text in _messages(child, here)]
