"""How code signs in: the environment variable that has the key, and the header that carries it."""

from __future__ import annotations

from dataclasses import dataclass

from playground.catalog.endpoints import Auth
from playground.chat.target import Target

BEARER = "authorization"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """The environment variable that the code reads the key from, and the header that carries it."""

    variable: str
    header: str

    def value(self, key: str) -> str:
        """The header's value; `key` is how a language reads the variable within a string."""
        return f"Bearer {key}" if self.header == BEARER else key

    @property
    def in_python(self) -> str:
        """The header's value as Python reads it."""
        key = f'os.environ["{self.variable}"]'
        return f'"Bearer " + {key}' if self.header == BEARER else key


def setting(sign_in: SignIn | None, mark: str) -> str:
    """A line of comment on how to set the key's variable, where there is one; `mark` begins a comment."""
    if sign_in is None:
        return ""
    name = sign_in.variable
    return f'{mark} First set your key: export {name}=…  (PowerShell: $env:{name} = "…")\n'


def python_head(package: str, sign_in: SignIn | None) -> str:
    """What to install and how to run it; a file that is called as the package would be imported instead."""
    return f"{setting(sign_in, '#')}# pip install {package}; save as ask.py, then run: python ask.py"


def python_check(sign_in: SignIn | None) -> str:
    """Python that ends with a line that names the key's variable, where that is not set."""
    if sign_in is None:
        return ""
    return f"""\
if not os.environ.get("{sign_in.variable}"):
    print("Set {sign_in.variable} to your key, then run this again.", file=sys.stderr)
    sys.exit(2)

"""


def sign_in_of(target: Target) -> SignIn | None:
    """How the code signs in; None where no key is needed and none is given."""
    endpoint = target.endpoint
    auth = target.key.auth if target.key else endpoint.auth[0]
    if auth == Auth.SIGV4:
        # A signature holds for one moment, so code takes the provider's other way.
        auth = next((a for a in endpoint.auth if a != Auth.SIGV4), auth)
    variable = endpoint.key_env or ("" if auth == Auth.NONE and target.key is None else "API_KEY")
    if not variable:
        return None
    return SignIn(variable=variable, header=BEARER if auth in (Auth.BEARER, Auth.NONE) else str(auth))
