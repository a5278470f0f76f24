"""The child process that hosts the pretend device and runs functions on it: `python -m course.check.devices.worker`.

It prints `token@address` and serves until its standard input closes. Where there is `fork`, each request runs in a
child of its own, so that none can spoil another; elsewhere they run in line.

A request is three frames: the token; JSON (`{"directory", "path", "seconds"}`); and cloudpickle bytes of a function
of no argument, or of a function and its payload. The reply is one frame, a byte that says what it is and then data
only: whoever may connect may run code here, so the worker belongs in the same sandbox as its clients, but nothing
that comes back is ever unpickled.
"""
import base64
import contextlib
import hmac
import json
import multiprocessing.connection as connections
import os
import pickle
import secrets
import signal
import sys
import threading
import traceback
import types

PATIENCE = 0.5  # seconds without a request, after the first one, in which there is time to warm up
MOST_SERVED_COLD = 2  # requests before it is done in any case: each of them may have to load what a warm worker has
RESULT, RAISED, MISUSED = b"R", b"E", b"M"


def main() -> None:
    """Opens the door, sets the device up, serves; what only some requests need is loaded while nobody waits."""
    token = secrets.token_hex(16)
    door = connections.Listener(_address(token), backlog=64)
    print(f"{token}@{encode_address(door.address)}", flush=True)
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # interrupting a notebook interrupts its kernel, not this
    set_up()
    _silence(1, 2)
    if hasattr(os, "fork"):
        _serve_in_forks(door, token.encode())
    else:
        warm_up()
        threading.Thread(target=_leave_with_client, daemon=True).start()
        while True:
            _serve(door.accept(), token.encode())


def _address(token):
    """Linux has addresses outside the file system, which a private /tmp does not hide and nobody needs to delete."""
    return f"\0course-device-{token[:8]}-{os.getpid()}" if sys.platform == "linux" else None


def encode_address(address: str | bytes) -> str:
    """An address in characters that an environment variable can hold."""
    return base64.urlsafe_b64encode(os.fsencode(address)).decode()


def decode_address(text: str) -> str:
    """The address that `encode_address` encoded."""
    return os.fsdecode(base64.urlsafe_b64decode(text.encode()))


def set_up() -> None:
    """Loads what every request needs, and sets the pretend device up."""
    import cloudpickle  # noqa: F401
    import torch

    import course.check.probe  # noqa: F401
    from course.check.devices.pretend import install

    torch.set_num_threads(1)
    with _without_distributed_tensors():
        install()


@contextlib.contextmanager
def _without_distributed_tensors():
    """PyTorch asks once for the class DTensor when a tensor of another class is used, and its import takes a second.

    It keeps the class that it is given here; afterwards the real one can be imported as ever, and is not one of ours.
    """
    name = "torch.distributed.tensor"
    if name in sys.modules:
        yield
        return
    stand_in = types.ModuleType(name)
    stand_in.DTensor = type("DTensor", (), {})
    sys.modules[name] = stand_in
    try:
        yield
    finally:
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]


def warm_up() -> None:
    """Does once what is slow the first time: a loader, a loss, the optimisers, which import PyTorch's compiler.

    One thread and no backward pass: a process that forks must not have started PyTorch's own threads.
    """
    import torch
    from torch.utils.data import DataLoader, TensorDataset

    from course.check.devices.pretend import DEVICE

    model = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.ReLU(), torch.nn.Linear(2, 1)).to(DEVICE)
    for inputs, targets in DataLoader(TensorDataset(torch.ones(4, 3), torch.ones(4, 1)), batch_size=2):
        torch.nn.functional.mse_loss(model(inputs.to(DEVICE)), targets.to(DEVICE)).item()
    for kind in (torch.optim.SGD, torch.optim.Adam):
        optimiser = kind(model.parameters(), lr=0.0)
        for parameter in model.parameters():
            parameter.grad = torch.zeros_like(parameter)
        optimiser.step()


def _silence(*descriptors: int) -> None:
    """Prints go nowhere and `input()` finds nothing: nobody is at the other end of these any more."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in descriptors:
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _leave_with_client() -> None:
    while sys.stdin.buffer.read(1):
        pass
    os._exit(0)


def _serve_in_forks(door, token) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries finished children
    listening = door._listener._socket
    standard_input = sys.stdin.fileno()
    patience, served, warm = 0.0, 0, False
    while True:
        ready = connections.wait([listening, standard_input], None if warm else patience)
        if not warm and (not ready or served == MOST_SERVED_COLD):
            warm_up()
            warm = True
            continue
        patience, served = PATIENCE, served + 1
        if standard_input in ready and not os.read(standard_input, 1):
            door.close()
            os._exit(0)
        if listening not in ready:
            continue
        connection = door.accept()
        if os.fork() == 0:
            try:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                signal.signal(signal.SIGINT, signal.default_int_handler)
                listening.close()
                _silence(0)
                _serve(connection, token)
            finally:
                os._exit(0)
        connection.close()


def _serve(connection, token) -> None:
    """Answers one request; a caller without the token gets nothing."""
    with connection:
        try:
            if not hmac.compare_digest(connection.recv_bytes(256), token):
                return
            request = json.loads(connection.recv_bytes(1 << 20))
            pickled = connection.recv_bytes()
        except (OSError, EOFError, ValueError):
            return
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, request["seconds"])
        try:
            connection.send_bytes(_answer(request, pickled))
        except OSError:
            return  # the client gave up


def _answer(request, pickled) -> bytes:
    path, directory = sys.path[:], os.getcwd()
    try:
        sys.path[:] = request["path"]
        os.chdir(request["directory"])
        function, *payload = pickle.loads(pickled)
        result = function(*payload)
    except BaseException as error:
        return RAISED + _description(error).encode(errors="replace")
    finally:
        sys.path[:] = path
        os.chdir(directory)
    if not isinstance(result, bytes):
        return MISUSED + f"returned {type(result).__name__}, not bytes".encode()
    return RESULT + result


def _description(error) -> str:
    return "".join(traceback.format_exception(error))


if __name__ == "__main__":
    main()
