"""Validators that others wrote, asked about files of ours and of the sandbox."""

import io
import warnings

import oxedi
import pyx12.params
import pyx12.x12n_document


def pyx12_accepts(content: bytes) -> bool:
    """Tell whether pyx12 takes a file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyx12 leaves files open
        return bool(
            pyx12.x12n_document.x12n_document(
                pyx12.params.params(),
                io.StringIO(content.decode("latin-1")),
                io.StringIO(),
                None,
                None,
                fd_json=io.StringIO(),
            )
        )


def oxedi_says(content: bytes) -> list[str]:
    """What oxedi has against a file."""
    return [str(found) for found in oxedi.parse(content).diagnostics]
