"""A certificate for 127.0.0.1 that nobody has reason to trust, made when it is needed."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from pathlib import Path
from typing import NamedTuple


class Certificate(NamedTuple):
    """A certificate that vouches for itself."""

    file: Path
    key: Path

    def server(self) -> ssl.SSLContext:
        """Return what a server shows it with."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file, self.key)
        return context

    def client(self) -> ssl.SSLContext:
        """Return what a client that trusts it, and nothing else, looks with."""
        return ssl.create_default_context(cafile=str(self.file))


def can_make() -> bool:
    """Return whether there is a program that makes certificates."""
    return shutil.which("openssl") is not None


def make(folder: Path) -> Certificate:
    """Make a certificate in a folder."""
    made = Certificate(folder / "certificate.pem", folder / "key.pem")
    config = folder / "certificate.cnf"
    config.write_text(
        "[req]\nprompt = no\ndistinguished_name = name\nx509_extensions = more\n[name]\nCN = 127.0.0.1\n"
        "[more]\nsubjectAltName = IP:127.0.0.1\nbasicConstraints = critical, CA:TRUE\n",
        encoding="utf-8",
    )
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    files = ["-config", str(config), "-keyout", str(made.key), "-out", str(made.file)]
    subprocess.run([*command, "-days", "30", *files], check=True, capture_output=True)
    return made
