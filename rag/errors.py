"""Every error that Yinju shows to a person. Each says what happened and what to do next.

YinjuError
├── SettingsError              a settings key or value is wrong                      (exit 2)
├── InputError                 a file, folder or line given to us cannot be used
│   ├── NothingFits            no document of the library passes the filters given
│   └── EncodingError          the bytes are not text in any encoding we know
├── LibraryError               the library directory cannot be used
│   ├── LibraryLocked          another process is writing to it
│   ├── LibraryDamaged         library.db is not as it was written
│   ├── IndexDamaged           vectors or terms are not; they are made anew from library.db
│   ├── DiskFull               there is no room to write to it
│   └── EmbedderMismatch       it was made with another embedding model
├── ModelError                 an embedded or local model cannot be used
│   ├── ModelMissing           it has not been pulled
│   └── DownloadError          it could not be fetched, or what came was not it
└── EndpointError              an OpenAI-compatible endpoint failed us
    ├── EndpointUnreachable    no connection, or no answer in time
    ├── EndpointRefused        it answered 4xx: key, model name or request is wrong
    ├── EndpointBusy           it answered 429 or 5xx through all retries
    └── EndpointGarbled        what it sent is not a completion, or broke off half way

A `YinjuError` is printed as one line and ends the command; anything else is a bug and keeps its
traceback.
"""


class YinjuError(Exception):
    """A failure a person can act on: `message` says what happened, `hint` what to do next."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        line = f"{self.message} {self.hint}".strip()
        return " ".join(line.split())


class SettingsError(YinjuError):
    """A settings key or value is wrong."""

    exit_code = 2


class InputError(YinjuError):
    """A file, folder or line given to us cannot be used."""


class NothingFits(InputError):
    """No document of the library passes the filters given."""


class EncodingError(InputError):
    """The bytes are not text in any encoding we know."""


class LibraryError(YinjuError):
    """The library directory cannot be used."""


class LibraryLocked(LibraryError):
    """Another process is writing to the library."""


class LibraryDamaged(LibraryError):
    """`library.db` is not as it was written."""


class IndexDamaged(LibraryError):
    """Vectors or terms are not as they were written; they are made anew from `library.db`."""


class DiskFull(LibraryError):
    """There is no room to write to the library."""


class EmbedderMismatch(LibraryError):
    """The library was made with another embedding model."""


class ModelError(YinjuError):
    """An embedded or local model cannot be used."""


class ModelMissing(ModelError):
    """The model has not been pulled."""


class DownloadError(ModelError):
    """A model could not be fetched, or what came was not it."""


class EndpointError(YinjuError):
    """An OpenAI-compatible endpoint failed us."""


class EndpointUnreachable(EndpointError):
    """No connection, or no answer in time."""


class EndpointRefused(EndpointError):
    """The endpoint answered 4xx: key, model name or request is wrong."""


class EndpointBusy(EndpointError):
    """The endpoint answered 429 or 5xx through all retries."""


class EndpointGarbled(EndpointError):
    """What the endpoint sent is not a completion, or broke off half way."""
