"""One line of JSON per request and per fault; no name, no address, nothing that was typed.

A request is told by its view's name, not by its path: a path may hold a search for a person. Who asked is a bare
number. A number of the request stands in the line and in the answer (``X-Request-ID``), so that a fault can be found.
"""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

HEADER = "X-Request-ID"
_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

_FAULTS = structlog.processors.ExceptionRenderer(
    structlog.tracebacks.ExceptionDictTransformer(show_locals=False)  # variables hold what people typed
)

_TELLING = frozenset({
    "OperationalError", "InterfaceError", "ImportError", "ModuleNotFoundError", "MemoryError", "RecursionError",
    "TemplateDoesNotExist", "TemplateSyntaxError", "ImproperlyConfigured",
})  # fmt: skip
"""Errors whose words are a program's own; those of others may repeat what somebody typed: a name, an address."""
_WORDS = ("exc_value", "exc_notes", "syntax_error")


def without_words(logger: Any, name: str, event: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001 (structlog's form)
    """Take out of a fault what its errors say; which errors they are and where they arose stays."""
    if "exception" in event:
        event["exception"] = _silent(event["exception"])
    return event


def _silent(said: Any) -> Any:
    if isinstance(said, list):
        return [_silent(each) for each in said]
    if not isinstance(said, dict):
        return said
    telling = said.get("exc_type") in _TELLING
    return {key: _silent(value) for key, value in said.items() if telling or key not in _WORDS}


def logging_settings(level: str) -> dict[str, Any]:
    """Return Django's LOGGING: everything to standard error, each line a JSON object."""
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _FAULTS,
            without_words,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        "foreign_pre_chain": _SHARED,
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": formatter},
        "filters": {"typed": {"()": "ewm.web.logs.WithoutTyped"}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["typed"]}},
        "root": {"handlers": ["lines"], "level": "WARNING"},
        "loggers": {
            "ewm": {"handlers": ["lines"], "level": level, "propagate": False},
            "django": {"handlers": ["lines"], "level": "WARNING", "propagate": False},
            "django.request": {"handlers": ["lines"], "level": "ERROR", "propagate": False},
        },
    }


class WithoutTyped:
    """Takes out of Django's lines what may hold something typed: the request itself and paths with a query."""

    def filter(self, record: Any) -> bool:
        """Keep every line, without the request and its arguments."""
        if hasattr(record, "request"):
            view = getattr(getattr(record.request, "resolver_match", None), "view_name", None)
            record.msg, record.args = f"{getattr(record, 'status_code', '')} {view or 'unknown view'}".strip(), ()
            del record.request
        return True


def configure() -> None:
    """Let structlog write through the standard library's handlers."""
    structlog.configure(
        processors=[
            *_SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


class RequestLog:
    """Writes one line per request: view, method, status, milliseconds, account's number, request's number."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._answer = get_response
        self._log = structlog.get_logger("ewm.web.request")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        number = uuid.uuid4().hex
        begun = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request=number):
            request.META["EWM_REQUEST"] = number
            answer = self._answer(request)
            match = request.resolver_match
            account = getattr(getattr(request, "user", None), "pk", None)
            self._log.info(
                "request",
                view=match.view_name if match else None,
                method=request.method,
                status=answer.status_code,
                ms=round((time.perf_counter() - begun) * 1000),
                account=account,
            )
        answer[HEADER] = number
        return answer
