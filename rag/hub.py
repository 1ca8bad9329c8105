"""Models of sentence-transformers, from a folder or from the Hugging Face hub, told in one line."""

import os
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from rag.errors import ModelError

Model = TypeVar("Model")


def load_model(kind: str, name: str, load: Callable[[bool], Model]) -> Model:
    """Load a model with `load`, which is told whether to keep to local files.

    Args:
        kind: what it is, for the message.
        name: a folder, or a name at the hub.
        load: imports its library, since that alone takes seconds, and loads.

    Raises:
        ModelError: neither the folder nor the hub has a model of this kind.
    """
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    try:
        return load(Path(name).is_dir() or not hub_answers(name))
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        cause = next(iter(str(error).splitlines()), type(error).__name__)
        raise ModelError(
            f"Cannot load the {kind} {name!r}: {cause}",
            "Give a folder that holds one, or a name the hub has, while it can be reached.",
        ) from None


def hub_answers(name: str) -> bool:
    """Whether the hub can be reached; its own library would try for over a minute."""
    from huggingface_hub import constants, hf_hub_url

    if constants.HF_HUB_OFFLINE:
        return False
    request = urllib.request.Request(hf_hub_url(name, "config.json"), method="HEAD")
    try:
        urllib.request.urlopen(request, timeout=5).close()
    except urllib.error.HTTPError:
        return True  # it refuses, and loading will say why
    except OSError:
        return False
    return True
