"""The way to a server: requests by HTTP with names and passwords, sent again while the server is busy or cut off."""

from __future__ import annotations

import time
import weakref
from importlib import import_module
from typing import Any

from kg.errors import StoreError
from kg.store.place import shown

TIMEOUT_S = 120.0
_ATTEMPTS = 4
_BUSY = frozenset({429, 502, 503, 504})
_ASKED = frozenset({401, 403})


class RefusedError(StoreError):
    """A request that the server has understood and does not do; with its status and what it says."""

    def __init__(self, name: str, status: int, text: str) -> None:
        said = " ".join(text.partition("SPARQL query:")[0].split())[:300]  # Virtuoso repeats it
        super().__init__(name, f"answered with status {status}" + (f": {said}" if said else ""))
        self.status, self.said = status, said


class Link:
    """One server. Sending a request again is safe, as all that is sent are questions and changes of sets."""

    def __init__(self, address: str, pause_s: float) -> None:
        """Reach the server at an address, in which a user's name and password, or a token alone, may stand.

        They are told only to a server that asks: by digest where it wants that, else as they are.
        """
        try:
            self._httpx = import_module("httpx")
        except ImportError:
            raise StoreError(shown(address), "needs httpx; install it with: pip install 'elchi[web]'") from None
        self.address, self._pause_s = shown(address), pause_s
        self._client = self._httpx.Client(timeout=TIMEOUT_S)
        weakref.finalize(self, self._client.close)
        try:
            url = self._httpx.URL(address)
        except self._httpx.InvalidURL as error:
            raise StoreError(self.address, f"is not an address ({error})") from None
        self._user, self._password = url.username, url.password
        if self._password and not self._user:
            self._client.headers["Authorization"] = f"Bearer {self._password}"

    def send(self, method: str, url: str, **request: Any) -> Any:  # noqa: ANN401 - as in httpx, an optional library
        """The answer to a request. Raises StoreError if there is none, RefusedError if the server does not do it."""
        failure = StoreError(self.address, "cannot be reached")
        for attempt in range(_ATTEMPTS):
            if attempt:
                time.sleep(self._pause_s * 2 ** (attempt - 1))
            try:
                answer = self._client.request(method, url, **request)
                if answer.status_code in _ASKED and self._introduced(answer):
                    answer = self._client.request(method, url, **request)
            except (self._httpx.HTTPError, self._httpx.InvalidURL) as error:
                said = " ".join(str(error).split()) or type(error).__name__
                failure = StoreError(self.address, f"cannot be reached ({said})")
                continue
            if answer.is_success:
                return answer
            busy = answer.status_code in _BUSY
            failure = RefusedError(self.address, answer.status_code, "" if busy else _plain(answer))
            if not busy:
                break
        raise failure

    def _introduced(self, answer: Any) -> bool:  # noqa: ANN401
        """Whether name and password, not told so far, will be told from now on."""
        if not self._user or self._client.auth is not None:
            return False
        digest = "digest" in answer.headers.get("www-authenticate", "").lower()
        way = self._httpx.DigestAuth if digest else self._httpx.BasicAuth
        self._client.auth = way(self._user, self._password)
        return True


def _plain(answer: Any) -> str:  # noqa: ANN401
    """What an answer says, if that is for people; not a page for browsers."""
    said = answer.text
    return "" if said.lstrip().startswith("<") else str(said)
