"""What a student process says, made safe to handle: kernel messages of the right form, or none."""

import json

OUTPUTS = ("stream", "display_data", "update_display_data", "execute_result", "error")
OTHERS = ("clear_output", "comm_open", "comm_msg", "comm_close")


class Forged(Exception):
    """A kernel does not say this."""


def kernel_message(message: dict, blob: bytes) -> dict:
    """The kernel message in a frame `message`, with its widget buffers. Raises Forged."""
    try:
        said, sizes = message["msg"], message.get("buflens", [])
        kind, content = said["msg_type"], said["content"]
        parent = said["parent_header"].get("msg_id")
        metadata = said.get("metadata") or {}
        if kind not in OUTPUTS + OTHERS or not all(isinstance(part, dict) for part in (content, metadata)):
            raise Forged(f"a message of type {kind!r}")
        if not isinstance(parent, str) or not all(isinstance(size, int) and size >= 0 for size in sizes) or sum(sizes) != len(blob):
            raise Forged(f"a {kind} message whose parts do not fit")
        content = _checked(kind, content)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise Forged(f"a malformed message: {type(error).__name__}: {error}"[:200]) from error
    buffers, position = [], 0
    for size in sizes:
        buffers.append(blob[position : position + size])
        position += size
    return {
        "msg_type": kind,
        "header": {"msg_type": kind},
        "parent_header": {"msg_id": parent},
        "content": writable(content),
        "metadata": writable(metadata),
        "buffers": buffers,
    }


def _checked(kind, content) -> dict:
    if kind == "stream":
        if content["name"] not in ("stdout", "stderr"):
            raise Forged(f"a stream named {content['name']!r}")
        return {"name": content["name"], "text": _text(content["text"])}
    if kind == "error":
        return error_content(content)
    if kind in OUTPUTS:
        return _display(kind, content)
    if kind == "clear_output":
        return {"wait": bool(content.get("wait"))}
    if not isinstance(content["comm_id"], str) or not isinstance(content["data"], dict):
        raise Forged(f"a {kind} message without a widget")
    return content


def _display(kind, content) -> dict:
    transient = content.get("transient") or {}
    identifier = transient.get("display_id")
    result = {
        "data": {_text(name): _presentable(name, value) for name, value in content["data"].items()},
        "metadata": _dictionary(content.get("metadata")),
        "transient": {"display_id": _text(identifier)} if identifier is not None else {},
    }
    if kind == "execute_result":
        result["execution_count"] = count(content["execution_count"])
    return result


def _presentable(name: str, value):
    """A mime bundle holds text, or JSON under a name that says so; a notebook with anything else is not valid."""
    if isinstance(value, str) or name == "application/json" or name.endswith("+json"):
        return value
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return value
    return json.dumps(value)


def error_content(content: dict) -> dict:
    """The fields of an error, as text."""
    lines = content.get("traceback", [])
    if not isinstance(lines, list):
        raise Forged("a traceback that is no list")
    return writable({"ename": _text(content["ename"]), "evalue": _text(content["evalue"]), "traceback": list(map(_text, lines))})


def writable(value):
    """JSON whose text has an encoding: lone surrogates, with which no notebook could be written, as escapes."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, list):
        return [writable(item) for item in value]
    if isinstance(value, dict):
        return {writable(name): writable(item) for name, item in value.items()}
    return value


def reply(content: object) -> dict:
    """What a `done` frame says of its run. Raises Forged."""
    try:
        status = content["status"]
        if status not in ("ok", "error"):
            raise Forged(f"a run that ended {status!r}"[:100])
        result = {"status": status, "execution_count": count(content.get("execution_count"))}
        if status == "error":
            result |= error_content(content)
        return result
    except (KeyError, TypeError, AttributeError) as error:
        raise Forged(f"a malformed reply: {error}"[:200]) from error


def count(value: object) -> int | None:
    """An execution count."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 31):
        return value
    raise Forged("an execution count that is none")


def _text(value) -> str:
    if not isinstance(value, str):
        raise Forged(f"a {type(value).__name__} in place of text")
    return value


def _dictionary(value) -> dict:
    if value is not None and not isinstance(value, dict):
        raise Forged(f"a {type(value).__name__} in place of an object")
    return value or {}
